//! The syntax tree of a goal file.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::calendar::{Calendar, Grain, PeriodPhrase, Time};
use crate::quantity::{Quantity, Unit};
use crate::source::{Span, Spanned};

pub use crate::language::Language;

/// A goal file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Program {
    /// Its language.
    pub language: Language,
    /// `declared DATE` of the file header.
    pub declared: Option<Spanned<NaiveDate>>,
    /// `fiscal year …` and `calendar …`.
    pub calendar: Calendar,
    /// `calendar from periods`: the sheet that lists the fiscal years.
    pub calendar_sheet: Option<Spanned<CalendarSheetStatement>>,
    /// All statements in file order (settings are applied above, not repeated here).
    pub statements: Vec<Spanned<Statement>>,
}

/// `calendar from periods by [Fiscal Year], [Period]`.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarSheetStatement {
    /// The source or sheet.
    pub source: Name,
    /// Its columns from coarse to fine, where they are said: year and period, or year, quarter and period.
    pub by: Vec<Name>,
}

/// One statement with its clauses.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// `data …`
    Data(Box<DataStatement>),
    /// `metric …`
    Metric(MetricStatement),
    /// `column …`
    Column(ColumnStatement),
    /// `segment …`
    Segment(SegmentStatement),
    /// `# Heading`
    Heading(Heading),
    /// A goal sentence.
    Goal(Box<Goal>),
    /// `find potential in …`
    Potential(PotentialStatement),
    /// `check`, `flag`, `rule`, `decide`: recognised, kept as written.
    Rule(RuleStatement),
    /// A line that was not understood (its diagnostic is given); kept so that a broken goal is listed as invalid.
    Invalid(InvalidStatement),
}

/// A goal line that could not be understood.
#[derive(Debug, Clone, PartialEq)]
pub struct InvalidStatement {
    /// The line as written, without its bullet.
    pub text: String,
    /// Whether it was meant as a goal (and is listed among the goals as invalid).
    pub is_goal: bool,
}

/// A name as written: words with their spans. `text` is the words joined by one blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As written, blanks made single, brackets or quotes taken off.
    pub text: String,
    /// `source.` before it.
    pub source: Option<String>,
    /// Where, qualifier included.
    pub span: Span,
}

/// `data [NAME from] "FILE" …` with its clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct DataStatement {
    /// The name given.
    pub name: Option<Name>,
    /// The file or glob as written, relative to the goal file.
    pub file: Spanned<String>,
    /// What of the file.
    pub part: DataPart,
    /// `header row 3`, one-based; a range for headers of several rows.
    pub header_row: Option<Spanned<(u32, u32)>>,
    /// `dates in order date`.
    pub dates_in: Option<Name>,
    /// `numbers 1.234,56`: the decimal mark it shows.
    pub numbers: Option<Spanned<NumberStyle>>,
    /// `dates 31/12/2025` or `dates day first|month first|year first`.
    pub date_order: Option<Spanned<DateOrder>>,
    /// `months across [in YEAR] [as NAME]`, `region across [as NAME]`, `nothing across`.
    pub across: Option<Spanned<Across>>,
    /// `metrics in COLUMN`.
    pub metrics_in: Option<Name>,
    /// `ignore rows where C`.
    pub ignore: Vec<Spanned<Expr>>,
    /// `complete through DATE`.
    pub complete_through: Option<Spanned<NaiveDate>>,
    /// `settles after N days`.
    pub settles_after: Option<Spanned<u32>>,
}

/// Which part of a file a `data` line names.
#[derive(Debug, Clone, PartialEq)]
pub enum DataPart {
    /// Not said: the sheet that holds data.
    Any,
    /// `all sheets`.
    AllSheets(Span),
    /// `sheet "S"` or `sheets "2023", "2024"`, appended.
    Sheets(Vec<Spanned<String>>),
    /// `table "T"`: an Excel table.
    Table(Spanned<String>),
    /// `range "B3:K90"`, `range "Sheet!B3:K90"` or a defined name.
    Range(Spanned<String>),
}

/// How numbers kept as text are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NumberStyle {
    /// The decimal mark: `.` or `,`.
    pub decimal: char,
}

/// The order of day, month and year in dates kept as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 31/12/2025
    DayMonthYear,
    /// 12/31/2025
    MonthDayYear,
    /// 2025/12/31
    YearMonthDay,
}

/// What stands across the columns of a wide table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Across {
    /// `months across in 2025 as NAME`.
    Periods {
        /// Months, quarters or years.
        grain: Grain,
        /// The year of headers that do not say it.
        year: Option<i32>,
        /// The column that holds the values; `value` where not said.
        name: String,
    },
    /// `region across as NAME`.
    Names {
        /// The column that holds what stands across.
        column: String,
        /// The column that holds the values; `value` where not said.
        name: String,
    },
    /// `nothing across`.
    Nothing,
}

/// `metric NAME = EXPR [in UNIT]`.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricStatement {
    /// Its name.
    pub name: Name,
    /// The measure.
    pub expr: Spanned<Expr>,
    /// `in percent|SEK|days`.
    pub unit: Option<Spanned<Unit>>,
    /// `lower is better` is false, `higher is better` true.
    pub higher_is_better: Option<Spanned<bool>>,
}

/// `column NAME [in SOURCE] = EXPR`.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnStatement {
    /// Its name.
    pub name: Name,
    /// The source it belongs to.
    pub source: Option<Name>,
    /// Its value, row by row.
    pub expr: Spanned<Expr>,
}

/// `segment NAME = CONDITION`.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentStatement {
    /// Its name.
    pub name: Name,
    /// The filter.
    pub condition: Spanned<Expr>,
}

/// `# Heading`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 3.
    pub level: u32,
    /// Its text.
    pub text: String,
}

/// `find potential in METRIC by COLUMN[, COLUMN]`.
#[derive(Debug, Clone, PartialEq)]
pub struct PotentialStatement {
    /// The metric.
    pub metric: Phrase,
    /// The columns.
    pub by: Vec<Name>,
}

/// A statement of the rules engine, kept as written.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleStatement {
    /// `check`, `flag`, `rule` or `decide`.
    pub keyword: String,
    /// The statement with its indented lines.
    pub text: String,
}

/// A run of words whose meaning is decided in `resolve`.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Words as written (a quoted or bracketed name is one word), without the articles around them.
    pub words: Vec<Spanned<String>>,
    /// All of it.
    pub span: Span,
    /// What the words themselves say of the measure.
    pub head: PhraseHead,
    /// The expression, where the goal states one (`sum(amount)`, `revenue / orders`).
    pub expr: Option<Box<Expr>>,
}

/// What stands around the words of a metric phrase.
#[derive(Debug, Clone, PartialEq)]
pub enum PhraseHead {
    /// Nothing: a name.
    Bare,
    /// `total|average|median|highest|lowest|first|last X`.
    Aggregate(AggregateFunction),
    /// `number of X`.
    NumberOf,
    /// `share of X where C`: the condition that selects the numerator.
    ShareOf(Option<Box<Spanned<Expr>>>),
    /// `X per Y`: the words of Y.
    Per(Vec<Spanned<String>>),
}

/// What a goal wants of its metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// More of it.
    Increase,
    /// Less of it.
    Decrease,
    /// To a stated level.
    Reach,
    /// Within a limit, period by period.
    Keep,
}

/// A goal with its clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// `grow:` or `[Support]`.
    pub label: Option<Spanned<String>>,
    /// `for each COLUMN:`.
    pub for_each: Option<Name>,
    /// The line as written, without bullet.
    pub text: Spanned<String>,
    /// What is wanted.
    pub direction: Direction,
    /// The verb as written; `improve` leaves the direction to the metric.
    pub verb: Option<Spanned<String>>,
    /// The verb was `improve`: the metric's `lower|higher is better` decides.
    pub by_improvement: bool,
    /// What is measured.
    pub metric: Phrase,
    /// Where or for whom, each a filter; all hold.
    pub segments: Vec<Spanned<SegmentPhrase>>,
    /// By how much or to what.
    pub change: Spanned<Change>,
    /// `± 2%` or `± 5` beside a level.
    pub tolerance: Option<Spanned<Quantity>>,
    /// Against what; the year before where not said.
    pub comparison: Option<Spanned<Comparison>>,
    /// When.
    pub time: Option<Spanned<Time>>,
    /// `starting S`.
    pub starting: Option<Spanned<PeriodPhrase>>,
    /// `every month`: each whole period by itself.
    pub every: Option<Spanned<Grain>>,
    /// `monthly X`, `X per month`.
    pub grain: Option<Spanned<Grain>>,
    /// Free text after an opener.
    pub note: Option<Spanned<String>>,
    /// The indented clauses.
    pub clauses: Clauses,
}

/// A filter as written.
#[derive(Debug, Clone, PartialEq)]
pub enum SegmentPhrase {
    /// `for|where CONDITION`.
    Condition(Expr),
    /// `in|from|for VALUE[, VALUE and VALUE]` or a named segment: looked up later.
    Values(Vec<Spanned<String>>),
}

/// By how much or to what.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// `by 10%`: a share of the baseline.
    Percent(Decimal),
    /// `by 3 pp`, held as a share.
    Points(Decimal),
    /// `by 500`.
    Amount(Quantity),
    /// `double` 2, `halve` 0.5.
    Factor(Decimal),
    /// `to X`.
    Level(Level),
    /// `from F to G` and `to G from F`.
    FromTo {
        /// F.
        from: Quantity,
        /// G.
        to: Quantity,
    },
    /// At least; reaching it is met.
    AtLeast(Level),
    /// At most; reaching it is met.
    AtMost(Level),
    /// Strictly above.
    Above(Level),
    /// Strictly below.
    Below(Level),
    /// Both ends belong.
    Between(Level, Level),
}

/// A level to reach: stated, or in a sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Level {
    /// A number.
    Amount(Quantity),
    /// `targets.amount`.
    Column(Name),
}

/// Against what a change is measured.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// `last year`, `the same period last year`: the same window one year earlier.
    LastYear,
    /// `previous month|quarter|…`: the one before that which holds the window's first day.
    Previous {
        /// The unit.
        grain: Grain,
        /// A fiscal quarter or year.
        fiscal: bool,
    },
    /// `the period before`: as many days, ending the day before the window.
    PeriodBefore,
    /// `2024`, `Q2 2025`: any period.
    Period(PeriodPhrase),
    /// `the average of 2022 to 2024`: the same window in each year.
    AverageOf {
        /// First year.
        first: i32,
        /// Last year.
        last: i32,
    },
    /// `sheet "S"`.
    Sheet(String),
}

/// The indented clauses of a goal.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clauses {
    /// `owner:`
    pub owner: Option<Spanned<String>>,
    /// `supports:`, labels of other goals.
    pub supports: Vec<Spanned<String>>,
    /// `because:`
    pub because: Option<Spanned<String>>,
    /// `weight:`
    pub weight: Option<Spanned<Decimal>>,
    /// `note:`
    pub note: Option<Spanned<String>>,
    /// `reward: 5 000 SEK at 100%, 8 000 SEK at 120%`.
    pub rewards: Vec<(Quantity, Decimal)>,
    /// `declared DATE` of this goal.
    pub declared: Option<Spanned<NaiveDate>>,
    /// `pace …`
    pub pace: Option<Spanned<PaceClause>>,
    /// `status: …`
    pub status: Option<Spanned<StatusClause>>,
    /// `at least N rows`
    pub at_least_rows: Option<Spanned<u64>>,
    /// `review monthly`
    pub review: Option<Spanned<Grain>>,
    /// `from 2025-07-01: by 12%`
    pub retargets: Vec<Spanned<Retarget>>,
    /// `- [ ] action`
    pub actions: Vec<Action>,
}

/// The shape of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaceClause {
    /// Straight in days.
    Linear,
    /// After the baseline's own course.
    Seasonal,
    /// Monday to Friday.
    WorkingDays,
    /// Shares of the change by part of the window, summing to 1.
    Split(Vec<Decimal>),
}

/// Thresholds of the status words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusClause {
    /// `on track 95%, at risk 75%`, as shares of pace.
    Pace {
        /// From here on track.
        on_track: Decimal,
        /// From here at risk.
        at_risk: Decimal,
    },
    /// `on track within 2%, at risk within 5%`, as shares of the expected value.
    Deviation {
        /// Up to here on track.
        on_track: Decimal,
        /// Up to here at risk.
        at_risk: Decimal,
    },
}

/// A target that changes on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Retarget {
    /// From this day on.
    pub from: NaiveDate,
    /// The change that replaces the goal's own.
    pub change: Change,
}

/// `- [ ] action by DATE (owner)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// What is to be done.
    pub text: String,
    /// Ticked.
    pub done: bool,
    /// Its due date.
    pub due: Option<PeriodPhrase>,
    /// Who.
    pub owner: Option<String>,
    /// Where it was written.
    pub span: Span,
}

/// Aggregate functions over rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AggregateFunction {
    /// `sum(x)`
    Sum,
    /// `count(x)`; without argument, rows
    Count,
    /// `count distinct(x)`
    CountDistinct,
    /// `average(x)`
    Average,
    /// `median(x)`
    Median,
    /// `min(x)`
    Min,
    /// `max(x)`
    Max,
    /// `percentile(x, p)`: PERCENTILE.INC
    Percentile,
    /// `stdev(x)`: STDEV.S
    Stdev,
    /// `first(x)`: a stock
    First,
    /// `last(x)`: a stock; without argument (`last count`), the rows of the last date
    Last,
}

impl AggregateFunction {
    /// The function as it is written in English, and in canonical expressions.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Count => "count",
            Self::CountDistinct => "count distinct",
            Self::Average => "average",
            Self::Median => "median",
            Self::Min => "min",
            Self::Max => "max",
            Self::Percentile => "percentile",
            Self::Stdev => "stdev",
            Self::First => "first",
            Self::Last => "last",
        }
    }
}

/// An expression as written; names are not decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number, percent or amount of money.
    Number(Quantity),
    /// Quoted text.
    Text(String),
    /// `true`, `false`.
    Boolean(bool),
    /// A date or period literal.
    Period(PeriodPhrase),
    /// A column, metric or segment.
    Name(Name),
    /// `-x`, `not x`.
    Unary(UnaryOperator, Box<Spanned<Expr>>),
    /// `a op b`.
    Binary(BinaryOperator, Box<Spanned<Expr>>, Box<Spanned<Expr>>),
    /// `x between a and b`.
    Between(Box<Spanned<Expr>>, Box<Spanned<Expr>>, Box<Spanned<Expr>>),
    /// `x in (a, b)`.
    In(Box<Spanned<Expr>>, Vec<Spanned<Expr>>),
    /// `x is empty`; `is present` is its negation.
    IsEmpty(Box<Spanned<Expr>>),
    /// `flagged "x"`.
    Flagged(String),
    /// A row function, its name in capitals as in Excel (`ROUND`, `IF`, `LOOKUP`).
    Call(Spanned<String>, Vec<Spanned<Expr>>),
    /// An aggregate over rows.
    Aggregate {
        /// Which.
        function: AggregateFunction,
        /// Of what; none for `count()`.
        argument: Option<Box<Spanned<Expr>>>,
        /// The share of `percentile(x, 90%)`.
        share: Option<Decimal>,
        /// `where C` inside the brackets.
        filter: Option<Box<Spanned<Expr>>>,
    },
}

/// Operators before one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOperator {
    /// `-x`
    Negate,
    /// `not x`
    Not,
}

/// Operators between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum BinaryOperator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Concatenate,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    Contains,
    StartsWith,
    EndsWith,
    Matches,
}
