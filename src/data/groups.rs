//! Numbers with one mark before three digits, beside others without → what the mark can be.

/// What numbers such as `1.234` say by those that stand beside them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    /// Those with a point, and those with a comma.
    point: usize,
    comma: usize,
    /// Two digits or more stand before the mark of one.
    long: bool,
    /// Whole numbers below 1000, and others, without a mark.
    small: usize,
    large: usize,
}

impl Groups {
    /// What both say.
    pub(crate) fn and(&mut self, other: &Self) {
        self.point += other.point;
        self.comma += other.comma;
        self.long |= other.long;
        self.small += other.small;
        self.large += other.large;
    }

    /// Numbers of the form `1.234` that need no currency to be taken for grouped ones.
    const MANY: usize = 20;

    pub(crate) fn add_unmarked(&mut self, text: &str, count: usize) {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if digits <= 3 {
            self.small += count;
        } else {
            self.large += count;
        }
    }

    pub(crate) fn add_marked(&mut self, text: &str, count: usize) {
        self.point += if text.contains('.') { count } else { 0 };
        self.comma += if text.contains(',') { count } else { 0 };
        let before = text.split(['.', ',']).next().unwrap_or_default();
        self.long |= before.bytes().filter(u8::is_ascii_digit).count() > 1;
    }

    /// The decimal mark, where the other one can only group: no number from 1000 on stands without it, and whole ones
    /// below 1000 do, which have no decimals. Fractions of exactly three digits are no habit of amounts of money, and
    /// among many numbers some would end in 0 and be shorter.
    pub(crate) fn decimal(&self, money: bool) -> Option<char> {
        let grouped = self.large == 0
            && if money {
                self.small > 0 || self.long
            } else {
                self.small > 0 && self.point + self.comma >= Self::MANY
            };
        match (self.point, self.comma) {
            (0, 1..) if grouped => Some('.'),
            (1.., 0) if grouped => Some(','),
            _ => None,
        }
    }
}
