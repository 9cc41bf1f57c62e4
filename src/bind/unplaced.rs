//! Goals whose time has no place on the calendar, as far as that is known without data.

use super::errors;
use crate::calendar::{AsOf, CalendarError, window};
use crate::diagnostic::Diagnostics;
use crate::syntax::{InvalidStatement, Program, Statement};

/// Takes the goals out of a program whose time names days that the calendar does not have (`week 53 2025`, `2025/26` where
/// the fiscal year is the calendar year), and says so.
pub fn unplaced(program: &mut Program, as_of: AsOf) -> Diagnostics {
    let mut said = Diagnostics::new();
    let declared = program.declared.as_ref().map_or(as_of.0, |declared| declared.node);
    for statement in &mut program.statements {
        let Statement::Goal(goal) = &statement.node else { continue };
        let (time, starting) = (goal.time.as_ref(), goal.starting.as_ref().map(|starting| &starting.node));
        if time.is_none() && starting.is_none() {
            continue;
        }
        let anchor = goal.clauses.declared.as_ref().map_or(declared, |declared| declared.node);
        let span = time.map_or(goal.text.span, |time| time.span);
        match window(time.map(|time| &time.node), starting, &program.calendar, anchor) {
            // a calendar sheet is data
            Ok(_) | Err(CalendarError::Unread) => {}
            Err(error) => {
                said.push(errors::calendar(span, &error));
                let text = goal.text.node.clone();
                statement.node = Statement::Invalid(InvalidStatement { text, is_goal: true });
            }
        }
    }
    said
}
