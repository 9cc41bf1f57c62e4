//! The axes of the charts: as few marks as can be read.

use rust_xlsxwriter::{
    Chart as Drawn, ChartAxisDateUnitType, ChartAxisLabelPosition, ChartAxisTickType, ChartFormat, ChartLine,
    ChartLineDashType,
};

use crate::calendar::Grain;
use crate::render::workbook::charts::{Place, font, rgb, stroke};
use crate::render::workbook::details::is_month;
use crate::render::workbook::formats::{HAIR, MUTED, RULE};
use crate::report::number::Shape;
use crate::report::{Chart, Role, Style, Table, Value};

/// A date axis with a label every month, quarter or year; weeks and days as text.
pub(super) fn category_axis(drawn: &mut Drawn, chart: &Chart, table: &Table) {
    let rows = table.rows.len();
    let months = table
        .rows
        .iter()
        .all(|r| matches!(r.cells.first(), Some(Value::Period(_, label)) if is_month(label)));
    let axis = drawn.x_axis();
    axis.set_font(&font(9.0, MUTED));
    axis.set_format(&mut stroke(RULE, 0.75, ChartLineDashType::Solid));
    axis.set_major_tick_type(ChartAxisTickType::None).set_minor_tick_type(ChartAxisTickType::None);
    axis.set_label_position(ChartAxisLabelPosition::Low);
    if months && chart.grain == Grain::Month {
        let step = match rows {
            0..=13 => 1.0,
            14..=30 => 3.0,
            31..=60 => 6.0,
            _ => 12.0,
        };
        axis.set_date_axis(true).set_num_format("yyyy-mm");
        axis.set_major_unit(step).set_major_unit_date_type(ChartAxisDateUnitType::Months);
    } else {
        let interval = rows.div_ceil(12).clamp(1, 60_000) as u16;
        axis.set_text_axis(true).set_label_interval(interval);
    }
}

pub(super) fn value_axis(drawn: &mut Drawn, place: &Place<'_>, largest: f64, from_zero: bool) {
    let code = axis_code(place.shape, largest, place.style);
    let axis = drawn.y_axis();
    axis.set_font(&font(9.0, MUTED)).set_num_format(code);
    let mut hair = ChartLine::new();
    hair.set_color(rgb(HAIR)).set_width(0.75);
    axis.set_major_gridlines(true).set_major_gridlines_line(&hair);
    let mut none = ChartLine::new();
    none.set_hidden(true);
    let mut format = ChartFormat::new();
    format.set_line(&none);
    axis.set_format(&mut format);
    axis.set_major_tick_type(ChartAxisTickType::None).set_minor_tick_type(ChartAxisTickType::None);
    if from_zero {
        axis.set_min(0);
    }
}

/// As few decimals as the size of the axis asks for.
fn axis_code(shape: Shape, largest: f64, style: Style) -> String {
    let percent = if style.percent_sign() == "%" { "%" } else { "\"\u{a0}\"%" };
    let decimals = |size: f64| match size {
        s if s >= 4.0 => "",
        s if s >= 0.4 => ".0",
        _ => ".00",
    };
    match shape {
        Shape::Number { thousands, .. } => {
            let power = 1000_f64.powi(i32::from(thousands));
            format!("#,##0{}{}", decimals(largest / power), ",".repeat(usize::from(thousands)))
        }
        _ => format!("0{}{percent}", decimals(largest * 100.0)),
    }
}

/// Where the value axis of lines begins: a round figure somewhat below the lowest, never below 0 without need.
pub(super) fn axis_floor(place: &Place<'_>) -> Option<f64> {
    let values: Vec<f64> = [Role::Actual, Role::Target, Role::Baseline]
        .iter()
        .flat_map(|role| place.values(*role))
        .flatten()
        .collect();
    let least = values.iter().copied().reduce(f64::min)?;
    let most = values.iter().copied().reduce(f64::max)?;
    let spread = most - least;
    if least <= 0.0 || spread <= 0.0 {
        return None;
    }
    // steps of 1, 2 or 5 times a power of ten, about a quarter of the spread
    let mut step = 1e-9;
    for factor in [2.0, 2.5, 2.0].into_iter().cycle().take(120) {
        if step * 4.0 >= spread {
            break;
        }
        step *= factor;
    }
    let floor = ((least - spread * 0.25) / step).floor() * step;
    (floor > 0.0).then_some(floor)
}
