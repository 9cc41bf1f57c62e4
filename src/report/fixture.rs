//! A made-up result for tests: a Nordic web shop, fifteen goals, as of 2025-06-30.

// tables of figures are long, and say nothing when cut
#![allow(clippy::too_many_lines, clippy::unnecessary_wraps)]

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::bind::{Plan, SourcePlan};
use crate::calendar::{Grain, Period};
use crate::cell::{CellRef, SheetId};
use crate::data::{
    Catalog, ColumnInfo, Dataset, FileInfo, Fingerprint, Format, Kind, NumberShape, PartInfo, RowRun,
    SheetInfo, SheetVerdict, Skipped, SourceInfo, Table, TableInfo,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::judge::{
    Baseline, ChangeFigures, Coverage, Evaluation, Forecast, GoalEvaluation, GuardrailPeriods, SeriesPoint,
    Status, Target,
};
use crate::quantity::{DurationUnit, Quantity, Unit};
use crate::report::{Inputs, Report, Style, report as make};
use crate::resolve::{
    Aggregate, AggregateId, BoundGoal, Formula, GoalModel, Metric, MetricId, Model, Nature, OutlineItem,
    SegmentForm, SegmentModel, SourceModel,
};
use crate::source::{Source, Span, Spanned};
use crate::syntax::{
    Action, AggregateFunction, BinaryOperator, Change, Clauses, Direction, Goal, Heading, Level, PaceClause,
    Phrase, PhraseHead,
};

/// The goal file; line numbers below are its lines.
const TEXT: &str = r#"data orders from "webshop.xlsx" sheet "Orders"
data traffic from "webshop.xlsx" sheet "Traffic"
metric revenue = sum(amount)
metric average order size = revenue / orders
metric gross margin = sum(margin) / revenue
metric conversion rate = orders / visits
metric visits = sum(sessions)
metric newsletter sign-ups = count()
metric cost per order = sum(cost) / orders
metric return rate = sum(returned) / orders
metric delivery time = average(days)
# Nordic Webshop
grow: Increase revenue by 10% in 2025
- increase average order size by 5% in 2025
- keep gross margin at least 38% every quarter
## Marketing
- Increase conversion rate for visitors from Google by 0.4 percentage points by end of 2025
- increase visits by 15%
- reach 12,000 newsletter sign-ups in 2025
- reduce cost per order for paid search to 85 SEK in H1 2025
- increase conversion rate from TikTok by 0.5 pp in 2025
## Sales
- increase revenue in Norway by 20% in 2025
- increase revenue for business customers by 25% in 2025
- reach 5,000 gift cards sold in H1 2025
- reach autumn pre-orders of 3 MSEK from 2025-06-16
## Customer service
- keep return rate below 8% every month
- reduce delivery time to 2.5 days in 2025
- increase customer satisfaction by 5%
"#;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn days(first: &str, last: &str) -> Period {
    Period::inclusive(day(first), day(last))
}

pub(crate) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn month(year: i32, month: u32) -> Period {
    let start = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
    Period { start, end: start.checked_add_months(chrono::Months::new(1)).unwrap() }
}

/// Everything a report is made from, owned.
pub(crate) struct Parts {
    pub(crate) source: Source,
    pub(crate) model: Model,
    pub(crate) catalog: Catalog,
    pub(crate) dataset: Dataset,
    pub(crate) plan: Plan,
    pub(crate) evaluation: Evaluation,
    pub(crate) findings: Diagnostics,
    pub(crate) diagnostics: Diagnostics,
}

impl Parts {
    pub(crate) fn report(&self, style: Style) -> Report {
        let inputs = Inputs {
            source: &self.source,
            fingerprint: None,
            model: &self.model,
            catalog: &self.catalog,
            dataset: Some(&self.dataset),
            plan: &self.plan,
            evaluation: &self.evaluation,
            findings: &self.findings,
            diagnostics: &self.diagnostics,
            as_of: None,
        };
        make(&inputs, &style)
    }
}

/// The report in English.
pub(crate) fn report() -> Report {
    parts().report(Style::default())
}

fn sek() -> Unit {
    Unit::Money("SEK".into())
}

struct MetricKind {
    name: &'static str,
    text: &'static str,
    nature: Nature,
    unit: Unit,
}

fn metrics() -> Vec<MetricKind> {
    let flow = Nature::Flow { additive: true };
    let kind = |name, text, nature, unit| MetricKind { name, text, nature, unit };
    vec![
        kind("revenue", "sum(amount)", flow, sek()),
        kind("average order size", "sum(amount) / count distinct(order id)", Nature::Ratio, sek()),
        kind("gross margin", "sum(margin) / sum(amount)", Nature::Ratio, Unit::Percent),
        kind("conversion rate", "count distinct(order id) / sum(visits)", Nature::Ratio, Unit::Percent),
        kind("visits", "sum(sessions)", flow, Unit::Named("visits".into())),
        kind("newsletter sign-ups", "count()", flow, Unit::Named("sign-ups".into())),
        kind("cost per order", "sum(cost) / count distinct(order id)", Nature::Ratio, sek()),
        kind("gift cards sold", "sum(cards)", flow, Unit::Named("cards".into())),
        kind("autumn pre-orders", "sum(amount)", flow, sek()),
        kind("return rate", "sum(returned) / count distinct(order id)", Nature::Ratio, Unit::Percent),
        kind("delivery time", "average(days)", Nature::Statistic, Unit::Duration(DurationUnit::Day)),
    ]
}

fn metric_models() -> Vec<Metric> {
    metrics()
        .into_iter()
        .map(|kind| Metric {
            name: Some(kind.name.into()),
            text: kind.text.into(),
            formula: if kind.text.contains('/') {
                Formula::Binary(
                    BinaryOperator::Divide,
                    Box::new(Formula::Aggregate(AggregateId(0))),
                    Box::new(Formula::Aggregate(AggregateId(1))),
                )
            } else {
                Formula::Aggregate(AggregateId(0))
            },
            nature: kind.nature,
            maybe_proportion: false,
            unit: kind.unit,
            unit_declared: false,
            higher_is_better: None,
            money_per: false,
            note: None,
            span: Span::default(),
        })
        .collect()
}

struct Stated {
    line: usize,
    metric: Option<u32>,
    path: &'static [&'static str],
    direction: Direction,
    change: Change,
    every: Option<Grain>,
    segment: Option<&'static str>,
    owner: &'static str,
}

fn amount(value: &str, unit: Unit) -> Level {
    let value = dec(value);
    Level::Amount(Quantity { decimals: value.scale(), value, unit })
}

fn stated() -> Vec<Stated> {
    use Direction::{Decrease, Increase, Keep, Reach};
    const TOP: &[&str] = &["Nordic Webshop"];
    const MARKETING: &[&str] = &["Nordic Webshop", "Marketing"];
    const SALES: &[&str] = &["Nordic Webshop", "Sales"];
    const SERVICE: &[&str] = &["Nordic Webshop", "Customer service"];
    let goal = |line, metric, path, direction, change, owner| Stated {
        line,
        metric: Some(metric),
        path,
        direction,
        change,
        every: None,
        segment: None,
        owner,
    };
    vec![
        goal(13, 0, TOP, Increase, Change::Percent(dec("0.1")), "Finance"),
        goal(14, 1, TOP, Increase, Change::Percent(dec("0.05")), "Finance"),
        Stated {
            every: Some(Grain::Quarter),
            ..goal(15, 2, TOP, Keep, Change::AtLeast(amount("0.38", Unit::Percent)), "Finance")
        },
        Stated {
            segment: Some("Google"),
            ..goal(17, 3, MARKETING, Increase, Change::Points(dec("0.004")), "Web team")
        },
        goal(18, 4, MARKETING, Increase, Change::Percent(dec("0.15")), "Marketing"),
        goal(19, 5, MARKETING, Reach, Change::Level(amount("12000", Unit::None)), "Marketing"),
        Stated {
            segment: Some("paid search"),
            ..goal(20, 6, MARKETING, Decrease, Change::Level(amount("85", sek())), "Marketing")
        },
        Stated {
            segment: Some("TikTok"),
            ..goal(21, 3, MARKETING, Increase, Change::Points(dec("0.005")), "Marketing")
        },
        Stated {
            segment: Some("Norway"),
            ..goal(23, 0, SALES, Increase, Change::Percent(dec("0.2")), "Sales")
        },
        Stated {
            segment: Some("business customers"),
            ..goal(24, 0, SALES, Increase, Change::Percent(dec("0.25")), "Sales")
        },
        goal(25, 7, SALES, Reach, Change::Level(amount("5000", Unit::None)), "Sales"),
        goal(26, 8, SALES, Reach, Change::Level(amount("3000000", sek())), "Sales"),
        Stated {
            every: Some(Grain::Month),
            ..goal(28, 9, SERVICE, Keep, Change::Below(amount("0.08", Unit::Percent)), "Customer service")
        },
        goal(
            29,
            10,
            SERVICE,
            Decrease,
            Change::Level(amount("2.5", Unit::Duration(DurationUnit::Day))),
            "Customer service",
        ),
        Stated {
            metric: None,
            ..goal(30, 0, SERVICE, Increase, Change::Percent(dec("0.05")), "Customer service")
        },
    ]
}

fn line_span(line: usize) -> Span {
    let start: usize = TEXT.lines().take(line - 1).map(|l| l.len() + 1).sum();
    let length = TEXT.lines().nth(line - 1).unwrap().len();
    Span::new(crate::source::SourceId(0), start..start + length)
}

fn goal_model(stated: &Stated) -> GoalModel {
    let span = line_span(stated.line);
    let written = TEXT.lines().nth(stated.line - 1).unwrap();
    let text = written.trim_start_matches("- ").to_owned();
    let words = vec![Spanned::new("customer satisfaction".to_owned(), span)];
    let phrase_span = match text.find("customer satisfaction") {
        Some(_) => {
            let at = TEXT.find("customer satisfaction").unwrap();
            Span::new(span.source, at..at + "customer satisfaction".len())
        }
        None => span,
    };
    let mut actions = Vec::new();
    if stated.line == 13 {
        for (text, done, owner) in
            [("Shorter phone checkout", false, "Web team"), ("Repair campaign tracking", true, "Marketing")]
        {
            let due = (!done).then(|| crate::calendar::PeriodPhrase::Day(day("2025-03-01")));
            actions.push(Action { text: text.into(), done, due, owner: Some(owner.into()), span });
        }
    }
    let goal = Goal {
        label: (stated.line == 13).then(|| Spanned::new("grow".to_owned(), span)),
        for_each: None,
        text: Spanned::new(text.clone(), span),
        direction: stated.direction,
        verb: None,
        by_improvement: false,
        metric: Phrase { words, span: phrase_span, head: PhraseHead::Bare, expr: None },
        segments: Vec::new(),
        change: Spanned::new(stated.change.clone(), span),
        tolerance: None,
        comparison: None,
        time: None,
        starting: None,
        every: stated.every.map(|g| Spanned::new(g, span)),
        grain: None,
        note: None,
        clauses: Clauses {
            owner: Some(Spanned::new(stated.owner.to_owned(), span)),
            supports: if stated.line == 17 || stated.line == 23 {
                vec![Spanned::new("grow".into(), span)]
            } else {
                Vec::new()
            },
            actions,
            ..Clauses::default()
        },
    };
    let segments = stated.segment.iter().map(|value| SegmentModel {
        text: (*value).to_owned(),
        form: SegmentForm::Values {
            values: vec![Spanned::new((*value).to_owned(), span)],
            candidates: Vec::new(),
        },
        span,
    });
    GoalModel {
        line: stated.line,
        text,
        span,
        path: stated.path.iter().map(|p| (*p).to_owned()).collect(),
        goal: Some(Box::new(goal)),
        bound: stated.metric.map(|metric| BoundGoal {
            metric: MetricId(metric),
            sources: vec![0],
            segments: segments.collect(),
            for_each: None,
            target: None,
            compared_to: None,
        }),
    }
}

fn model() -> Model {
    let stated = stated();
    let goals: Vec<GoalModel> = stated.iter().map(goal_model).collect();
    let mut outline = Vec::new();
    for (at, line) in TEXT.lines().enumerate() {
        let line = line.trim_end();
        if let Some(text) = line.strip_prefix('#') {
            let level = if text.starts_with('#') { 2 } else { 1 };
            let heading = Heading { level, text: text.trim_start_matches('#').trim().to_owned() };
            outline.push(OutlineItem::Heading(Spanned::new(heading, line_span(at + 1))));
        }
        if let Some(goal) = stated.iter().position(|s| s.line == at + 1) {
            outline.push(OutlineItem::Goal(goal));
        }
    }
    let aggregate = |function, text: &str| Aggregate {
        source: 0,
        function,
        argument: None,
        share: None,
        filter: None,
        text: text.into(),
    };
    Model {
        declared: Some(day("2025-01-15")),
        sources: vec![SourceModel {
            name: "orders".into(),
            used: true,
            date: Some(0),
            ..SourceModel::default()
        }],
        aggregates: vec![
            aggregate(AggregateFunction::Sum, "sum(amount)"),
            aggregate(AggregateFunction::Sum, "sum(visits)"),
        ],
        metrics: metric_models(),
        goals,
        outline,
        ..Model::default()
    }
}

fn catalog() -> Catalog {
    let column = |name: &str, at| ColumnInfo {
        name: name.into(),
        part: None,
        kind: Kind::Number,
        shape: NumberShape::Plain,
        unit: None,
        header: CellRef { sheet: SheetId(0), row: 0, column: at },
        sample: Vec::new(),
    };
    Catalog {
        files: vec![FileInfo {
            path: "webshop.xlsx".into(),
            name: "webshop.xlsx".into(),
            format: Format::Xlsx,
            size: 6_800_000,
            sha256: Fingerprint::known("bd4d10b07ef84e002d2f6ce078ebf979a98d37e4f141fa72f702e31385c3f920"),
        }],
        sheets: vec![SheetInfo {
            file: 0,
            name: "Orders".into(),
            index: 0,
            hidden: false,
            verdict: SheetVerdict::Data,
        }],
        tables: vec![TableInfo {
            sheet: SheetId(0),
            name: None,
            header_rows: (0, 0),
            columns: (0, 4),
            last_row: None,
            reason: "first row of text above rows of values".into(),
            sums: Vec::new(),
            total_column: None,
            fills: Vec::new(),
            written: (None, None),
        }],
        sources: vec![SourceInfo {
            name: "orders".into(),
            request: 0,
            parts: vec![PartInfo {
                table: 0,
                columns: vec![Some(0), Some(4)],
                fixed: Vec::new(),
                across: Vec::new(),
                parted: None,
                metric_rows: Vec::new(),
                first_column: 0,
            }],
            columns: vec![column("order date", 0), column("amount", 4)],
            rank: 1,
            across: None,
            currency_column: None,
        }],
        ..Catalog::default()
    }
}

fn dataset() -> Dataset {
    let cell = |row, column| CellRef { sheet: SheetId(0), row, column };
    let skipped = vec![
        Skipped {
            what: "text in the number column".into(),
            column: Some(1),
            count: 42,
            cells: vec![cell(1206, 4)],
            texts: vec!["n/a".into()],
        },
        Skipped {
            what: "total rows".into(),
            column: None,
            count: 21,
            cells: vec![cell(4410, 0)],
            texts: Vec::new(),
        },
    ];
    let runs = vec![RowRun { first: 0, count: 141_572, sheet: SheetId(0), sheet_row: 1, part: 0 }];
    Dataset { tables: vec![Some(Table { rows: 141_572, runs, skipped, ..Table::default() })] }
}

fn plan() -> Plan {
    let first = day("2023-01-01");
    let last = day("2025-06-30");
    Plan {
        sources: vec![Some(SourcePlan {
            first,
            last,
            data_through: last,
            grain: Grain::Day,
            usual_gap: 7,
            days: first.iter_days().take_while(|d| *d <= last).collect(),
            undated: 0,
            suspects: 0,
            complete: false,
        })],
        ..Plan::default()
    }
}

fn blank(goal: usize, status: Status, direction: Direction, unit: Unit) -> GoalEvaluation {
    GoalEvaluation {
        goal,
        plan: Some(goal),
        for_each: None,
        status,
        preliminary: false,
        direction: Some(direction),
        sign: if direction == Direction::Decrease { -1 } else { 1 },
        metric: None,
        segment: None,
        unit,
        change: None,
        window: Some(days("2025-01-01", "2025-12-31")),
        measured: Some(days("2025-01-01", "2025-06-30")),
        baseline: None,
        as_of: Some(day("2025-06-30")),
        actual: None,
        target: None,
        expected: None,
        gap: None,
        pace: None,
        deviation: None,
        attainment: None,
        forecast: None,
        probability: None,
        required_rate: None,
        rate_so_far: None,
        required_change: None,
        change_so_far: None,
        coverage: Some(Coverage {
            from: Some(day("2025-01-01")),
            to: Some(day("2025-06-30")),
            share: Some(Decimal::ONE),
            holes: Vec::new(),
        }),
        rows: Some(86_678),
        proportion: None,
        interval: None,
        periods: None,
        path: None,
        thresholds: None,
        series_grain: Some(Grain::Month),
        series: Vec::new(),
        history: Vec::new(),
        yearly_changes: Vec::new(),
        notes: Vec::new(),
        potential: Vec::new(),
        decomposition: Vec::new(),
    }
}

fn baseline(value: Option<&str>, to_date: Option<&str>) -> Option<Baseline> {
    Some(Baseline {
        period: days("2024-01-01", "2024-12-31"),
        value: value.map(dec),
        to_date: to_date.map(dec),
        stated: false,
        missing: Vec::new(),
    })
}

fn history(values: [i64; 18], scale: u32) -> Vec<(Period, Option<Decimal>)> {
    let months = (1..=12).map(|m| month(2024, m)).chain((1..=6).map(|m| month(2025, m)));
    months.zip(values).map(|(period, value)| (period, Some(Decimal::new(value, scale)))).collect()
}

fn point(period: Period) -> SeriesPoint {
    SeriesPoint {
        label: period.start.format("%Y-%m").to_string(),
        period,
        inside: true,
        whole: period.end <= day("2025-07-01"),
        actual: None,
        baseline: None,
        expected: None,
        actual_to_date: None,
        expected_to_date: None,
        forecast: None,
        breached: None,
    }
}

const REVENUE_2024: [i64; 12] = [
    3_190_000, 2_930_000, 3_100_000, 3_210_000, 3_450_000, 3_373_266, 2_940_000, 3_250_000, 3_520_000,
    3_700_000, 6_050_000, 5_489_497,
];
const REVENUE_2025: [i64; 6] = [3_480_000, 3_110_000, 3_380_000, 3_480_000, 3_790_000, 3_667_242];

fn revenue() -> GoalEvaluation {
    let mut goal = blank(0, Status::AtRisk, Direction::Increase, sek());
    let (mut to_date, mut expected_to_date) = (Decimal::ZERO, Decimal::ZERO);
    for (at, before) in REVENUE_2024.into_iter().enumerate() {
        let mut p = point(month(2025, at as u32 + 1));
        let before = Decimal::from(before);
        p.baseline = Some(before);
        p.expected = Some(before * dec("1.1"));
        expected_to_date += before * dec("1.1");
        p.expected_to_date = Some(expected_to_date);
        if let Some(actual) = REVENUE_2025.get(at) {
            to_date += Decimal::from(*actual);
            p.actual = Some(Decimal::from(*actual));
            p.actual_to_date = Some(to_date);
        } else {
            p.forecast = Some((before * dec("1.0859")).round());
        }
        goal.series.push(p);
    }
    let all: Vec<i64> = REVENUE_2024.into_iter().chain(REVENUE_2025).collect();
    goal.history = history(all.try_into().unwrap(), 0);
    goal.change = Some(ChangeFigures::One { kind: "percent", value: Some(dec("0.1")) });
    goal.baseline = baseline(Some("44202763"), Some("19253266"));
    goal.actual = Some(dec("20907242"));
    goal.target = Some(Target::One(dec("48623039.3")));
    goal.expected = Some(dec("21178592.6"));
    goal.gap = Some(dec("27715797.3"));
    goal.pace = Some(dec("0.85906"));
    goal.deviation = Some(dec("-0.01281"));
    goal.forecast = Some(Forecast {
        value: dec("48000000"),
        low: Some(dec("47000000")),
        high: Some(dec("49000000")),
        method: "seasonal",
    });
    goal.probability = Some(dec("0.219"));
    goal.required_rate = Some(dec("27715797.3") / dec("184"));
    goal.required_change = Some(dec("0.11088"));
    goal.change_so_far = Some(dec("0.08591"));
    goal.path = Some(PaceClause::Seasonal);
    goal
}

#[derive(Default)]
struct Numbers<'a> {
    base: Option<&'a str>,
    actual: &'a str,
    expected: Option<&'a str>,
    target: Option<&'a str>,
    gap: Option<&'a str>,
    pace: Option<&'a str>,
    attainment: Option<&'a str>,
    forecast: Option<(&'a str, &'a str)>,
}

fn filled(mut goal: GoalEvaluation, n: &Numbers<'_>) -> GoalEvaluation {
    goal.baseline = baseline(n.base, None);
    goal.actual = Some(dec(n.actual));
    goal.expected = n.expected.map(dec);
    goal.target = n.target.map(|t| Target::One(dec(t)));
    goal.gap = n.gap.map(dec);
    goal.pace = n.pace.map(dec);
    goal.attainment = n.attainment.map(dec);
    if let Some((value, chance)) = n.forecast {
        goal.forecast = Some(Forecast { value: dec(value), low: None, high: None, method: "seasonal" });
        goal.probability = Some(dec(chance));
    }
    goal
}

fn conversion() -> GoalEvaluation {
    let mut goal = filled(
        blank(3, Status::OffTrack, Direction::Increase, Unit::Percent),
        &Numbers {
            base: Some("0.0287"),
            actual: "0.0249",
            expected: Some("0.0327"),
            target: Some("0.0327"),
            gap: Some("0.0078"),
            pace: Some("-0.956"),
            attainment: Some("-0.956"),
            forecast: Some(("0.0252", "0.004")),
        },
    );
    goal.segment = Some("source = \"Google\"".into());
    goal.interval = Some((dec("0.0245"), dec("0.0253")));
    goal.proportion = Some((dec("13474"), dec("541358")));
    let rates = [280, 275, 275, 280, 286, 285, 278, 275, 283, 280, 318, 302, 248, 241, 245, 252, 258, 248];
    goal.history = history(rates, 4);
    for at in 0..6 {
        let mut p = point(month(2025, at as u32 + 1));
        p.actual = Some(Decimal::new(rates[12 + at], 4));
        p.baseline = Some(Decimal::new(rates[at], 4));
        goal.series.push(p);
    }
    goal
}

fn returns() -> GoalEvaluation {
    let mut goal = blank(12, Status::Breached, Direction::Keep, Unit::Percent);
    goal.sign = -1;
    let rates = [840, 700, 690, 719, 740, 759, 729, 711, 721, 740, 770, 789, 894, 758, 731, 772, 822, 864];
    goal.history = history(rates, 4);
    for at in 0..6 {
        let mut p = point(month(2025, at as u32 + 1));
        p.actual = Some(Decimal::new(rates[12 + at], 4));
        p.baseline = Some(Decimal::new(rates[at], 4));
        p.breached = Some(rates[12 + at] >= 800);
        goal.series.push(p);
    }
    goal.actual = Some(dec("0.0864"));
    goal.target = Some(Target::One(dec("0.08")));
    goal.gap = Some(dec("0.0064"));
    goal.periods = Some(GuardrailPeriods {
        total: 6,
        breached: 3,
        breaches: vec!["2025-01".into(), "2025-05".into(), "2025-06".into()],
        without_value: Vec::new(),
    });
    goal
}

fn margin() -> GoalEvaluation {
    let mut goal = blank(2, Status::Holding, Direction::Keep, Unit::Percent);
    goal.series_grain = Some(Grain::Quarter);
    for (at, (label, value)) in [("2025-Q1", "0.3921"), ("2025-Q2", "0.3894")].into_iter().enumerate() {
        let first = month(2025, at as u32 * 3 + 1);
        let last = month(2025, at as u32 * 3 + 3);
        let mut p = point(Period { start: first.start, end: last.end });
        p.label = label.into();
        p.actual = Some(dec(value));
        p.breached = Some(false);
        goal.series.push(p);
    }
    goal.actual = Some(dec("0.3894"));
    goal.target = Some(Target::One(dec("0.38")));
    goal.gap = Some(dec("-0.0094"));
    goal.periods =
        Some(GuardrailPeriods { total: 2, breached: 0, breaches: Vec::new(), without_value: Vec::new() });
    goal
}

fn goals() -> Vec<GoalEvaluation> {
    use Direction::{Decrease, Increase, Reach};
    let visits = || Unit::Named("visits".into());
    let half = days("2025-01-01", "2025-06-30");
    let mut all = vec![revenue()];
    all.push(filled(
        blank(1, Status::OnTrack, Increase, sek()),
        &Numbers {
            base: Some("739.72"),
            actual: "776.59",
            expected: Some("776.71"),
            target: Some("776.71"),
            gap: Some("0.12"),
            pace: Some("0.9966"),
            attainment: Some("0.9966"),
            forecast: Some(("776.59", "0.49")),
        },
    ));
    all.push(margin());
    all.push(conversion());
    let mut ahead = filled(
        blank(4, Status::Ahead, Increase, visits()),
        &Numbers {
            base: Some("2054780"),
            actual: "1083600",
            expected: Some("1060200"),
            target: Some("2362997"),
            gap: Some("1279397"),
            pace: Some("1.169"),
            forecast: Some(("2415000", "0.91")),
            ..Numbers::default()
        },
    );
    ahead.change_so_far = Some(dec("0.1754"));
    all.push(ahead);
    all.push(filled(
        blank(5, Status::MetEarly, Reach, Unit::Named("sign-ups".into())),
        &Numbers {
            actual: "12430",
            expected: Some("5951"),
            target: Some("12000"),
            gap: Some("-430"),
            pace: Some("2.0887"),
            forecast: Some(("25100", "0.999")),
            ..Numbers::default()
        },
    ));
    let mut cost = filled(
        blank(6, Status::Missed, Decrease, sek()),
        &Numbers {
            base: Some("98.20"),
            actual: "91.20",
            expected: Some("85"),
            target: Some("85"),
            gap: Some("6.20"),
            pace: Some("0.5303"),
            attainment: Some("0.5303"),
            ..Numbers::default()
        },
    );
    cost.window = Some(half);
    all.push(cost);
    let mut tiktok = filled(
        blank(7, Status::Inconclusive, Increase, Unit::Percent),
        &Numbers {
            base: Some("0.0134"),
            actual: "0.0157",
            expected: Some("0.0184"),
            target: Some("0.0184"),
            gap: Some("0.0026"),
            pace: Some("0.47"),
            attainment: Some("0.47"),
            ..Numbers::default()
        },
    );
    tiktok.interval = Some((dec("0.0108"), dec("0.0228")));
    tiktok.proportion = Some((dec("27"), dec("1718")));
    all.push(tiktok);
    let mut norway = filled(
        blank(8, Status::OnTrack, Increase, sek()),
        &Numbers {
            base: Some("7616000"),
            actual: "3990000",
            expected: Some("4000000"),
            target: Some("9139200"),
            gap: Some("5149200"),
            pace: Some("0.985"),
            forecast: Some(("9110000", "0.44")),
            ..Numbers::default()
        },
    );
    norway.change_so_far = Some(dec("0.197"));
    all.push(norway);
    let mut business = filled(
        blank(9, Status::NoBaseline, Increase, sek()),
        &Numbers { actual: "1840000", ..Numbers::default() },
    );
    if let Some(baseline) = &mut business.baseline {
        baseline.missing = vec![days("2024-01-01", "2024-08-31")];
    }
    all.push(business);
    let mut cards = filled(
        blank(10, Status::Met, Reach, Unit::Named("cards".into())),
        &Numbers {
            actual: "5212",
            expected: Some("5000"),
            target: Some("5000"),
            gap: Some("-212"),
            pace: Some("1.0424"),
            attainment: Some("1.0424"),
            ..Numbers::default()
        },
    );
    cards.window = Some(half);
    all.push(cards);
    let mut early = filled(
        blank(11, Status::TooEarly, Reach, sek()),
        &Numbers {
            actual: "190000",
            expected: Some("226131"),
            target: Some("3000000"),
            gap: Some("2810000"),
            pace: Some("0.8402"),
            ..Numbers::default()
        },
    );
    early.window = Some(days("2025-06-16", "2025-12-31"));
    all.push(early);
    all.push(returns());
    all.push(filled(
        blank(13, Status::OnTrack, Decrease, Unit::Duration(DurationUnit::Day)),
        &Numbers {
            base: Some("3.10"),
            actual: "2.52",
            expected: Some("2.50"),
            target: Some("2.50"),
            gap: Some("0.02"),
            pace: Some("0.9667"),
            attainment: Some("0.9667"),
            forecast: Some(("2.48", "0.62")),
        },
    ));
    let mut invalid = blank(14, Status::Invalid, Increase, Unit::None);
    invalid.plan = None;
    invalid.direction = None;
    invalid.coverage = None;
    invalid.rows = None;
    all.push(invalid);
    for (at, (goal, stated)) in all.iter_mut().zip(stated()).enumerate() {
        goal.metric = stated.metric.map(MetricId);
        assert_eq!(goal.goal, at);
    }
    all
}

/// The parts, to be changed by a test.
pub(crate) fn parts() -> Parts {
    let error = Diagnostic::error(Code::P101, line_span(30), "a score needs `average( )` or `sum( )`")
        .help("write `metric satisfaction = average(Satisfaction)`");
    let warning = Diagnostic::new(
        Code::P101,
        crate::diagnostic::Severity::Warning,
        Location::Cell(CellRef { sheet: SheetId(0), row: 1, column: 7 }),
        "customer type is empty before 2024-09-01",
    );
    Parts {
        source: Source::new("webshop.goals", TEXT),
        model: model(),
        catalog: catalog(),
        dataset: dataset(),
        plan: plan(),
        evaluation: Evaluation {
            as_of: Some(day("2025-06-30")),
            goals: goals().into_iter().map(std::sync::Arc::new).collect(),
        },
        findings: [Diagnostic::note(
            Code::P101,
            line_span(13),
            "from July +11.1% is needed; this year so far +8.6%",
        )]
        .into_iter()
        .collect(),
        diagnostics: [error, warning].into_iter().collect(),
    }
}
