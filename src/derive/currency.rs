//! Which amounts of an expression are in the currency of their row, and so in several where rows are.

use crate::data::{Catalog, ColumnCurrencies, Table, fold_text};
use crate::resolve::{RowExpr, RowNode};

use super::locate::visit;

/// The columns in several currencies that an expression's value is in. None where it converts them: by a `LOOKUP`,
/// by the column that names the currency, or by a column of exchange rates.
pub(crate) fn mixed_columns<'t>(
    expr: &RowExpr,
    table: &'t Table,
    catalog: &Catalog,
    source: usize,
) -> Vec<&'t ColumnCurrencies> {
    if table.currencies.is_empty() {
        return Vec::new();
    }
    let currency_column = catalog.sources.get(source).and_then(|source| source.currency_column);
    let mut converts = false;
    let mut found: Vec<&ColumnCurrencies> = Vec::new();
    visit(expr, |part| match part.node {
        RowNode::Lookup { .. } => converts = true,
        RowNode::Column(index) => {
            let mixed = table.currencies.iter().find(|mixed| mixed.column == index && mixed.codes.len() > 1);
            match mixed {
                Some(mixed) if !found.iter().any(|known| known.column == index) => found.push(mixed),
                Some(_) => {}
                None => converts |= Some(index) == currency_column || is_exchange_rate(table, index),
            }
        }
        _ => {}
    });
    if converts { Vec::new() } else { found }
}

/// Whether a column's name says that it holds exchange rates.
fn is_exchange_rate(table: &Table, index: usize) -> bool {
    let column = table.columns.iter().find(|((at, _), _)| *at == index).map(|(_, column)| column);
    column.is_some_and(|column| {
        let name = fold_text(&column.name);
        let mut words = name.split(|c: char| !c.is_alphanumeric());
        words.any(|word| matches!(word, "fx" | "exchange" | "forex") || word.ends_with("kurs"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::expression::testing::{bin, col, expr, numbers, table, texts};
    use crate::syntax::BinaryOperator as B;

    fn mixed(expr: &RowExpr) -> Vec<usize> {
        let mut rows = table(vec![
            numbers(&[1.0, 2.0]),
            texts(&["SEK", "EUR"]),
            numbers(&[1.0, 11.0]),
            numbers(&[3.0, 4.0]),
        ]);
        rows.currencies = vec![ColumnCurrencies {
            column: 0,
            codes: vec!["SEK".to_owned(), "EUR".to_owned()],
            of_row: vec![1, 2],
        }];
        rows.columns[2].name = "Exchange rate".to_owned();
        let source = crate::derive::tests::info(&["amount", "currency", "exchange rate", "quantity"]);
        let source = crate::data::SourceInfo { currency_column: Some(1), ..source };
        let catalog = Catalog { sources: vec![source], ..Catalog::default() };
        mixed_columns(expr, &rows, &catalog, 0).iter().map(|mixed| mixed.column).collect()
    }

    #[test]
    fn amounts_stay_in_their_currency_until_converted() {
        assert_eq!(mixed(&col(0)), [0]);
        assert_eq!(mixed(&bin(B::Multiply, col(0), col(3))), [0]);
        assert_eq!(mixed(&col(3)), [0; 0]);
        assert_eq!(mixed(&bin(B::Multiply, col(0), col(2))), [0; 0]);
        let rate = expr(RowNode::Lookup { source: 1, value: 1, keys: vec![(0, col(1))] });
        assert_eq!(mixed(&bin(B::Multiply, col(0), rate)), [0; 0]);
    }
}
