//! A percent column → cells that seem to be of another scale: 3 beside 0.03.
//!
//! A plain 3 among percent cells is one; so is a value far beyond all others that would be one of them if divided by
//! a hundred. A column whose values run on from below 100 % to above it is none.

/// Rows of another scale, ascending; empty where there are none. `percent` says of each value whether its own cell is
/// shown as percent.
pub(crate) fn other_scale(values: &[(usize, f64, bool)]) -> Vec<usize> {
    let shares = || values.iter().filter(|(_, value, _)| *value != 0.0 && value.abs() <= 1.0);
    let beyond: Vec<&(usize, f64, bool)> = values.iter().filter(|(_, value, _)| value.abs() > 1.0).collect();
    if beyond.is_empty() || shares().count() < beyond.len() {
        return Vec::new();
    }
    let plain: Vec<usize> = beyond.iter().filter(|(_, _, percent)| !percent).map(|(row, ..)| *row).collect();
    let of_shares = shares().filter(|(_, _, percent)| *percent).count();
    if !plain.is_empty() && of_shares > 0 {
        return plain;
    }
    let largest = shares().map(|(_, value, _)| value.abs()).fold(0.0, f64::max);
    let smallest = beyond.iter().map(|(_, value, _)| value.abs()).fold(f64::INFINITY, f64::min);
    let fits = beyond.iter().all(|(_, value, _)| {
        let share = value.abs() / 100.0;
        share <= largest * 3.0 && share * 100.0 >= largest
    });
    if smallest >= largest * 10.0 && fits {
        beyond.iter().map(|(row, ..)| *row).collect()
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(values: &[f64]) -> Vec<usize> {
        let values: Vec<(usize, f64, bool)> =
            values.iter().enumerate().map(|(row, v)| (row, *v, true)).collect();
        other_scale(&values)
    }

    #[test]
    fn three_beside_three_percent() {
        assert_eq!(rows(&[0.03, 0.028, 3.0, 0.031]), [2]);
        assert_eq!(rows(&[0.45, 0.5, 48.0]), [2]);
    }

    #[test]
    fn growth_beyond_a_hundred_percent_is_growth() {
        assert!(rows(&[0.58, -0.93, 4.17, 10.3, 0.2, 0.3]).is_empty());
        assert!(rows(&[0.9, 0.95, 1.02]).is_empty());
        assert!(rows(&[0.03, 0.05]).is_empty());
    }

    #[test]
    fn plain_cells_among_percent_cells() {
        assert_eq!(other_scale(&[(0, 0.6, true), (1, 0.7, true), (2, 3.0, false)]), [2]);
    }
}
