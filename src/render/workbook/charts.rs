//! The native charts of a goal, drawn from the course below them.

use rust_xlsxwriter::{
    Chart as Drawn, ChartAxisLabelPosition, ChartDataLabel, ChartDataLabelPosition, ChartEmptyCells,
    ChartFont, ChartFormat, ChartLayout, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker,
    ChartMarkerType, ChartPoint, ChartSeries, ChartSolidFill, Color, Worksheet,
};

use crate::quantity::f64_from_decimal;
use crate::render::workbook::axes::{axis_floor, category_axis, value_axis};
use crate::render::workbook::formats::{
    ACTUAL, BAD, BEFORE, FAINT, FORECAST, INK, MUTED, PALE_BAD, PATH, tone_ink,
};
use crate::render::workbook::page::{Done, one_line};
use crate::report::number::Shape;
use crate::report::{Chart, ChartKind, GoalReport, Role, Series, Style, Table, Value};

const WIDTH: u32 = 956;

/// Where the figures of a chart stand.
pub(super) struct Place<'a> {
    sheet: &'a str,
    first: u32,
    table: &'a Table,
    pub(super) shape: Shape,
    pub(super) style: Style,
}

impl Place<'_> {
    fn last(&self) -> u32 {
        self.first + self.table.rows.len().saturating_sub(1) as u32
    }

    fn column(&self, role: Role) -> u16 {
        self.table.column(role).unwrap_or(0) as u16
    }

    pub(super) fn values(&self, role: Role) -> Vec<Option<f64>> {
        let at = self.table.column(role);
        let cell = |row: &crate::report::TableRow| match row.cells.get(at?)? {
            Value::Figure(figure) => figure.value.map(f64_from_decimal),
            _ => None,
        };
        self.table.rows.iter().map(cell).collect()
    }

    fn series(&self, series: &Series) -> ChartSeries {
        let column = self.column(series.role);
        let mut drawn = ChartSeries::new();
        drawn.set_categories((self.sheet, self.first, 0, self.last(), 0));
        drawn.set_values((self.sheet, self.first, column, self.last(), column));
        drawn.set_name(plain(&series.name, 60).as_str());
        drawn
    }

    fn text(&self, value: f64) -> String {
        let decimal = crate::quantity::decimal_from_f64(value).unwrap_or_default();
        self.shape.text(decimal, self.style)
    }

    fn largest(&self, roles: &[Role]) -> f64 {
        roles
            .iter()
            .flat_map(|role| self.values(*role))
            .flatten()
            .fold(0.0, |most, v| f64::max(most, v.abs()))
    }
}

/// A text that no reader takes for a reference or a formula.
fn plain(text: &str, most: usize) -> String {
    one_line(text, most).replace('!', "\u{2019}").trim_start_matches(['=', '+', '-', '@', ' ']).to_owned()
}

pub(super) fn rgb(colour: u32) -> Color {
    Color::RGB(colour)
}

pub(super) fn font(size: f64, colour: u32) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Arial").set_size(size).set_color(rgb(colour));
    font
}

fn fill(colour: u32) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(rgb(colour)));
    format
}

pub(super) fn stroke(colour: u32, width: f64, dash: ChartLineDashType) -> ChartFormat {
    let mut line = ChartLine::new();
    line.set_color(rgb(colour)).set_width(width).set_dash_type(dash);
    let mut format = ChartFormat::new();
    format.set_line(&line);
    format
}

fn no_marker() -> ChartMarker {
    let mut marker = ChartMarker::new();
    marker.set_none();
    marker
}

/// Inserts the charts of a goal; `first` is the first row of its course.
pub(super) fn insert(
    sheet: &mut Worksheet,
    goal: &GoalReport,
    name: &str,
    row: u32,
    first: u32,
    style: Style,
) -> Done {
    let table = &goal.details.months;
    let place = Place { sheet: name, first, table, shape: goal.scale.shape, style };
    let mut offset = 0;
    for chart in &goal.details.charts {
        let (mut drawn, height) = match chart.kind {
            ChartKind::Flow => (flow(chart, &place), 262),
            ChartKind::Difference => (difference(chart, &place), 140),
            ChartKind::Level => (level(chart, &place), 400),
            ChartKind::Guardrail => (guardrail(chart, &place), 400),
        };
        frame(&mut drawn, chart, height);
        sheet.insert_chart_with_offset(row, 0, &drawn, 0, offset)?;
        offset += height + 4;
    }
    Ok(())
}

/// Title, ground, size and alternative text.
fn frame(drawn: &mut Drawn, chart: &Chart, height: u32) {
    drawn.set_width(WIDTH).set_height(height);
    drawn.set_alt_text(one_line(&chart.alt, 240));
    let mut ground = ChartFormat::new();
    ground.set_no_fill().set_no_border();
    drawn.chart_area().set_format(&mut ground.clone());
    drawn.plot_area().set_format(&mut ground);
    let mut title = font(11.0, INK);
    title.set_bold();
    drawn
        .title()
        .set_name(plain(&chart.title, 70).as_str())
        .set_font(&title)
        .set_overlay(true)
        .set_layout(&ChartLayout::new().set_offset(0.002, 6.0 / f64::from(height)));
    drawn.show_empty_cells_as(ChartEmptyCells::Gaps);
}

fn lowest(values: &[Option<f64>]) -> f64 {
    values.iter().flatten().fold(0.0, |least: f64, v| least.min(*v))
}

fn flow(chart: &Chart, place: &Place<'_>) -> Drawn {
    let mut drawn = Drawn::new_column();
    let mut lines = Drawn::new_line();
    let mut any_line = false;
    for series in &chart.series {
        let mut one = place.series(series);
        match series.role {
            Role::Actual | Role::Forecast => {
                let colour = if series.role == Role::Actual { ACTUAL } else { FORECAST };
                one.set_format(&mut fill(colour)).set_gap(60).set_overlap(100);
                drawn.push_series(&one);
            }
            Role::Expected => {
                let mut none = ChartLine::new();
                none.set_hidden(true);
                let mut marker = ChartMarker::new();
                let mut mark = fill(PATH);
                mark.set_no_border();
                marker.set_type(ChartMarkerType::LongDash).set_size(11).set_format(&mut mark);
                let mut format = ChartFormat::new();
                format.set_line(&none);
                one.set_format(&mut format);
                // a pushed line loses its marker, so it is set on the chart's own series
                let own = lines.add_series();
                own.clone_from(&one);
                own.set_marker(&marker);
                any_line = true;
            }
            _ => {
                one.set_format(&mut stroke(FAINT, 1.25, ChartLineDashType::Solid)).set_marker(&no_marker());
                lines.push_series(&one);
                any_line = true;
            }
        }
    }
    if any_line {
        drawn.combine(&lines);
    }
    let from_zero =
        lowest(&place.values(Role::Actual)) >= 0.0 && lowest(&place.values(Role::Forecast)) >= 0.0;
    value_axis(&mut drawn, place, place.largest(&[Role::Actual, Role::Expected, Role::Forecast]), from_zero);
    category_axis(&mut drawn, chart, place.table);
    drawn
        .legend()
        .set_position(ChartLegendPosition::Top)
        .set_font(&font(9.0, MUTED))
        .set_layout(&ChartLayout::new().set_offset(0.035, 0.12).set_dimensions(0.62, 0.10));
    drawn.plot_area().set_layout(&ChartLayout::new().set_offset(0.05, 0.25).set_dimensions(0.94, 0.62));
    drawn
}

fn difference(chart: &Chart, place: &Place<'_>) -> Drawn {
    let mut drawn = Drawn::new_column();
    for series in &chart.series {
        let mut one = place.series(series);
        let mut label = ChartDataLabel::new();
        let code = place.shape.format_code(None, crate::report::number::Room::Alone, place.style);
        label.show_value().set_font(&font(9.0, INK)).set_num_format(code);
        label.set_position(ChartDataLabelPosition::OutsideEnd);
        one.set_format(&mut fill(tone_ink(chart.tone))).set_gap(60).set_data_label(&label);
        drawn.push_series(&one);
    }
    value_axis(&mut drawn, place, place.largest(&[Role::DifferenceToDate]), false);
    category_axis(&mut drawn, chart, place.table);
    // room for the labels beyond the columns
    let values = place.values(Role::DifferenceToDate);
    let most = values.iter().flatten().fold(0.0, |most: f64, v| most.max(*v));
    let least = lowest(&values);
    let room = 0.35 * (most - least);
    if room > 0.0 {
        drawn.y_axis().set_max(if most > 0.0 { most + room } else { 0.0 });
        drawn.y_axis().set_min(if least < 0.0 { least - room } else { 0.0 });
    }
    drawn.y_axis().set_label_position(ChartAxisLabelPosition::None).set_major_gridlines(false);
    drawn.x_axis().set_label_position(ChartAxisLabelPosition::None);
    drawn.legend().set_hidden();
    drawn.plot_area().set_layout(&ChartLayout::new().set_offset(0.05, 0.30).set_dimensions(0.94, 0.58));
    drawn
}

/// One label, at one point of a series; every other point has none.
fn label_at(
    count: usize,
    at: usize,
    text: &str,
    position: ChartDataLabelPosition,
    colour: u32,
) -> Vec<ChartDataLabel> {
    let mut bold = font(9.0, colour);
    bold.set_bold();
    (0..count)
        .map(|point| {
            let mut label = ChartDataLabel::new();
            if point == at {
                label.set_value(plain(text, 40).as_str()).set_position(position).set_font(&bold);
            } else {
                label.set_hidden();
            }
            label.to_custom()
        })
        .collect()
}

fn level(chart: &Chart, place: &Place<'_>) -> Drawn {
    let mut drawn = Drawn::new_line();
    for series in &chart.series {
        let values = place.values(series.role);
        let Some(last) = values.iter().rposition(Option::is_some) else { continue };
        let mut one = place.series(series);
        let (mut format, colour) = match series.role {
            Role::Actual => (stroke(ACTUAL, 2.5, ChartLineDashType::Solid), ACTUAL),
            Role::Target => (stroke(PATH, 1.25, ChartLineDashType::Dash), PATH),
            _ => (stroke(FAINT, 1.25, ChartLineDashType::Solid), MUTED),
        };
        one.set_format(&mut format).set_marker(&no_marker());
        let (at, text, position) = match series.role {
            Role::Actual => {
                let value = values.get(last).copied().flatten().map(|v| place.text(v)).unwrap_or_default();
                (last, format!("{} {value}", series.name), ChartDataLabelPosition::Right)
            }
            Role::Baseline => {
                let first = values.iter().position(Option::is_some).unwrap_or(0);
                (first + (last - first) / 4, series.name.clone(), ChartDataLabelPosition::Above)
            }
            _ => (last, series.name.clone(), ChartDataLabelPosition::Right),
        };
        let mut label = ChartDataLabel::new();
        label.show_value();
        one.set_data_label(&label);
        one.set_custom_data_labels(&label_at(values.len(), at, &text, position, colour));
        drawn.push_series(&one);
    }
    value_axis(&mut drawn, place, place.largest(&[Role::Actual, Role::Target]) / 4.0, false);
    if let Some(floor) = axis_floor(place) {
        drawn.y_axis().set_min(floor);
    }
    category_axis(&mut drawn, chart, place.table);
    drawn.legend().set_hidden();
    drawn.plot_area().set_layout(&ChartLayout::new().set_offset(0.055, 0.13).set_dimensions(0.76, 0.78));
    drawn
}

fn guardrail(chart: &Chart, place: &Place<'_>) -> Drawn {
    let mut drawn = Drawn::new_column();
    let mut lines = Drawn::new_line();
    let mut any_line = false;
    let limits = place.values(Role::Limit);
    let values = place.values(Role::Actual);
    for series in &chart.series {
        let mut one = place.series(series);
        if series.role == Role::Limit {
            one.set_format(&mut stroke(PATH, 1.5, ChartLineDashType::Dash)).set_marker(&no_marker());
            let at = lowest_point(&values);
            let mut label = ChartDataLabel::new();
            label.show_value();
            one.set_data_label(&label);
            let text = label_at(limits.len(), at, &series.name, ChartDataLabelPosition::Above, PATH);
            one.set_custom_data_labels(&text);
            lines.push_series(&one);
            any_line = true;
            continue;
        }
        let points: Vec<ChartPoint> = place
            .table
            .rows
            .iter()
            .map(|row| {
                let colour = match (row.inside, row.broken) {
                    (true, true) => BAD,
                    (true, false) => ACTUAL,
                    (false, true) => PALE_BAD,
                    (false, false) => BEFORE,
                };
                ChartPoint::new().set_format(&mut fill(colour))
            })
            .collect();
        one.set_format(&mut fill(ACTUAL)).set_gap(45).set_points(&points);
        let mut label = ChartDataLabel::new();
        label.show_value();
        one.set_data_label(&label);
        one.set_custom_data_labels(&broken_labels(place, &values));
        drawn.push_series(&one);
    }
    if any_line {
        drawn.combine(&lines);
    }
    let from_zero = lowest(&values) >= 0.0;
    value_axis(&mut drawn, place, place.largest(&[Role::Actual, Role::Limit]), from_zero);
    category_axis(&mut drawn, chart, place.table);
    drawn.legend().set_hidden();
    drawn.plot_area().set_layout(&ChartLayout::new().set_offset(0.05, 0.13).set_dimensions(0.94, 0.78));
    drawn
}

/// The point at which a label above the limit meets no column.
fn lowest_point(values: &[Option<f64>]) -> usize {
    let mut found = (0, f64::INFINITY);
    for (at, value) in values.iter().enumerate().skip(1) {
        if let Some(value) = value
            && *value < found.1
        {
            found = (at, *value);
        }
    }
    found.0
}

fn broken_labels(place: &Place<'_>, values: &[Option<f64>]) -> Vec<ChartDataLabel> {
    let mut bold = font(9.0, BAD);
    bold.set_bold();
    let rows = place.table.rows.iter().zip(values);
    rows.map(|(row, value)| {
        let mut label = ChartDataLabel::new();
        match value {
            Some(value) if row.broken => {
                label.set_value(place.text(*value).as_str()).set_font(&bold);
                label.set_position(ChartDataLabelPosition::OutsideEnd);
            }
            _ => {
                label.set_hidden();
            }
        }
        label.to_custom()
    })
    .collect()
}
