//! What is refused, with its message.

use super::{Language, all};

#[test]
fn mistakes_in_a_sentence() {
    all(
        Language::English,
        &[
            ("increase revenue", "P211: expected by how much or to what level, found neither"),
            ("increase by 10%", "P209: expected a metric after `increase`, found none"),
            (
                "incrase revenue by 10%",
                "P210: expected a verb such as `increase`, `decrease`, `reach` or `keep`, found none",
            ),
            ("increase revenue bye 10%", "P214: expected `by` or `to` before `10%`, found `bye`"),
            ("increase revenue 10%", "P214: expected `by` or `to` before `10%`"),
            ("increase revenue by by 10%", "P201: `by` stands twice in a row"),
            ("increase revenue by 10 percnt", "P203: expected a unit or the next clause, found `percnt`"),
            (
                "increase revenue by 10% comparde to last year",
                "P203: expected a unit or the next clause, found `comparde`",
            ),
            ("increase revenue by 10% in Decmber", "P205: `Decmber` reads as a month misspelt"),
            (
                "increase revenue by 10% within 6 monhts",
                "P203: expected `months` or the like in the clause that begins with `within`",
            ),
            (
                "increase revenue by 10% by end of Septembre 2025",
                "P203: expected `September` or the like in the clause that begins with `by`",
            ),
            (
                "increase revenue by 10% in 2025 honestly",
                "P203: expected a clause such as `by …`, `in …` or `compared to …`, found `honestly`",
            ),
            (
                "increase amount by 10% and reduce quantity by 5%",
                "P208: `reduce` begins a second goal in the same sentence",
            ),
            ("metrik revenue = sum(amount)", "P110: expected a declaration or a goal, found `metrik`"),
            (
                "98% of orders within 24 hours",
                "P232: `within 24 hours` can be the goal's time or a condition on each row",
            ),
            ("increase revenue by 10% in 2025 by 2026", "P213: expected a time once, found it twice"),
            ("increase revenue by 10% by 5%", "P212: `by 5%` is a second change in the same goal"),
            (
                "increase revenue by 10% every month",
                "P224: a change `every month` can be over the whole, or each time on the one before",
            ),
            ("keep revenue at 5", "P216: `keep … at 5` needs a side: `at least`, `at most` or a tolerance"),
            (
                "keep revenue between 10 and 5",
                "P217: expected the lower end of the range first, found `between 10 and 5`",
            ),
            ("increase revenue from 10 to 5", "P221: `increase` goes the other way than `from 10 to 5`"),
            ("increase revenue to at most 5", "P221: `increase` goes the other way than `to at most 5`"),
            (
                "increase x from 5 days to 7 SEK",
                "P219: expected one unit for both numbers, found two in `from 5 days to 7 SEK`",
            ),
            ("cut 20 jobs", "P215: `cut 20 …` can be by 20 or to 20"),
            ("close 3 stores", "P215: `close 3 …` can be by 3 or to 3"),
            ("increase x by 4-8%", "P222: expected one amount, found the range `by 4-8%`"),
            ("reach visits by 10%", "P223: `reach` names a level, found the change `by 10%`"),
            (
                "increase x by 5% by 05/06/2025",
                "P133: `05/06/2025` can be two dates: `2025-06-05` or `2025-05-06`",
            ),
            ("increase x by 5% by 31 June 2025", "P131: there is no date `31 June 2025`"),
            ("increase x by 5% in Q5 2025", "P131: expected a number from 1 to 4 in `Q5 2025`"),
            ("increase x by 1,5", "P121: expected a number, found `1,5`"),
            (
                "increase x by 5% (about 500 more)",
                "P228: expected a note without numbers in brackets, found `about 500 more`",
            ),
            (
                "increase x by 5% (target of 6%)",
                "P228: `target of 6%` in brackets says something else than the goal",
            ),
            (
                "increase x by 5% in 2025 models",
                "P203: expected a clause such as `by …`, `in …` or `compared to …`, found `models`",
            ),
            ("increase x by 5% 2025", "P226: expected a word before the year `2025`"),
            (
                "increase x by 5%. Reduce y by 3%.",
                "P207: expected one sentence on the line, found the end of a first one",
            ),
            ("do not increase costs by 10%", "P234: `not` says what is not to be, expected what is to be"),
            ("churn must not grow by 5%", "P234: `not` says what is not to be, expected what is to be"),
            ("costs were reduced by 5%", "P234: `were` reports what has been, expected what is to be"),
            (
                "sales increased by 12% in 2024",
                "P234: `increased` reports what has been, expected what is to be",
            ),
            (
                "increase sales by 5% except in Norway",
                "P233: `except in` begins an exception, expected one goal without",
            ),
            ("for example, increase sales by 5%", "P233: `for example` begins an example, expected a goal"),
            ("reduce it by 10%", "P209: expected a metric, found `it`"),
            (
                "increase sales by 10%: hire 5 nurses",
                "P208: expected a name before the colon, found a goal of its own with `by 10%`",
            ),
            ("finish phase 2 by June", "P214: expected a verb or a bound before `2`"),
            ("approve 2026 budget by November", "P225: `2026` can be a year or an amount"),
            (
                "hire 8 nurses by the end of Q2 always",
                "P203: expected a clause such as `by …`, `in …` or `compared to …`, found `always`",
            ),
            ("publish 4 posts per not month", "P203: expected a whole clause after `per`"),
            (
                "keep sales growth for orders of above 5%",
                "P204: expected something after `of`, found nothing",
            ),
            (
                "reduce costs in Q3 only by 5%",
                "P203: expected a clause such as `by …`, `in …` or `compared to …`, found `only`",
            ),
            ("increase sales form 10 to 20", "P214: expected `from` before `10 to 20`"),
            ("renewal rate inreases 5%", "P210: expected a verb, found `inreases`"),
            (
                "churn shoud not exceed 5%",
                "P203: expected a clause such as `by …`, `in …` or `compared to …`, found `shoud`",
            ),
            ("at most 5 hors", "P203: expected a unit or the next clause, found `hors`"),
            ("only 98% on-time payroll", "P203: expected a unit or the next clause, found `on-time`"),
            (
                "increase sales quickly by Friday by 5%",
                "P205: `Friday` names no period with dates of its own",
            ),
            ("hello world", "P211: expected by how much or to what level, found neither"),
        ],
    );
}

#[test]
fn mistakes_in_declarations() {
    all(
        Language::English,
        &[
            (
                "metric revenue sum(amount)",
                "P110: expected `=` and an expression in `metric revenue sum(amount)`",
            ),
            ("metric revenue = sum(amount", "P111: expected an operator or `)`, found the end of the line"),
            ("metric revenue = ", "P111: expected a name, a number or a function, found the end of the line"),
            ("metric x = sum(solved in time)", "P111: expected a text in quotes, found `time`"),
            (
                "metric x = percentile(days)",
                "P141: expected a value and a share between 0% and 100% in `percentile`",
            ),
            (
                "metric x = round(a where b = 1)",
                "P142: `where` stands in aggregates only, found it in `round`",
            ),
            (
                "metric x = sum(a where b in (1,2))",
                "P120: `1,2` inside brackets can be one number or several",
            ),
            (
                "data \"a.xlsx\" sheat \"S\"",
                "P111: expected the end of the line or `sheet`, `table` or `range`, found `sheat`",
            ),
            ("language klingon", "P106: unknown language `klingon`, expected `en`, `sv`, `da` and `de`"),
            (
                "fiscal year starts 31 July",
                "P114: expected a fiscal year that starts on day 1 to 28 of a month, found day 31",
            ),
            ("    owner: me", "P112: expected a clause of a setting, found `owner: me`"),
        ],
    );
}

#[test]
fn mistakes_in_clauses() {
    all(
        Language::English,
        &[
            ("keep x below 5\n    ownr: me", "P112: expected a clause of a goal, found `ownr: me`"),
            ("keep x below 5\n    weight: heavy", "P121: expected a number, found `heavy`"),
            (
                "keep x below 5\n    reward: lots",
                "P241: expected amounts at rising shares of attainment, found `lots`",
            ),
            ("keep x below 5\n    status: green", "P242: expected two thresholds, found `green`"),
            ("keep x below 5\n    pace fast", "P243: expected a shape of the path, found `fast`"),
            (
                "keep x below 5\n    pace split 20%, 30%",
                "P243: expected shares that add up to 100%, found 50% in `split 20%, 30%`",
            ),
            (
                "keep x below 5\n    review sometimes",
                "P244: expected `weekly`, `monthly`, `quarterly` or the like, found `sometimes`",
            ),
            ("keep x below 5\n    from 2025-07-01: maybe", "P245: expected a change, found `maybe`"),
            ("keep x below 5\n    owner: a\n    owner: b", "P213: expected `owner` once, found it twice"),
        ],
    );
}

#[test]
fn a_misspelt_word_is_offered_in_its_place() {
    let patched = |text: &str| {
        let source = goalsheet::source::Source::new("test.goals", text);
        let (_, findings) = goalsheet::syntax::parse(&source, Language::English);
        let finding = findings.iter().find(|f| !f.fixes.is_empty()).expect("a fix");
        let mut patched = text.to_owned();
        patched.replace_range(finding.fixes[0].span.range(), &finding.fixes[0].replacement);
        patched
    };
    for (text, expected) in [
        ("increase amount bye 10%", "increase amount by 10%"),
        ("increas revenue 10%", "increase revenue 10%"),
        ("increase x by 10% by end of Septembre 2025", "increase x by 10% by end of September 2025"),
        ("metrik revenue = sum(amount)", "metric revenue = sum(amount)"),
    ] {
        assert_eq!(patched(text), expected);
    }
}
