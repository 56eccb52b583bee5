//! Days off, and moving the demo's data by whole weeks.

use chrono::NaiveDate;
use offer::intake;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_days_off_are_the_dates_of_their_file() {
    let days = holidays(&people(HOLIDAYS)).unwrap();
    assert_eq!((days.len(), days[0]), (23, day("2026-01-01")));
    let broken = holidays(&people(&HOLIDAYS.replace("2026-05-25", "2026-05-32"))).unwrap_err();
    let [problem] = broken.as_slice() else { panic!("{broken:?}") };
    assert_eq!((problem.place.line, problem.fault.clone()), (5, ImportFault::Value { value: intake::Fault::NotADate }));
}

#[test]
fn every_cell_that_is_a_date_moves_and_nothing_else_does() {
    let csv = "date,note\r\n2027-01-11,\"2027-01-11\"\r\n2026-H1,since 2027-01-11\r\n2027-13-45,2027-01-11x";
    let moved = "date,note\r\n2027-01-18,\"2027-01-18\"\r\n2026-H1,since 2027-01-11\r\n2027-13-45,2027-01-11x";
    assert_eq!(moved_by_weeks(csv, 1), moved);
    assert_eq!(moved_by_weeks(moved, -1), csv);
    assert_eq!(moved_by_weeks(REQUISITIONS, 0), REQUISITIONS);
}

#[test]
fn moved_files_import_as_well_as_they_did() {
    let moved = |csv: &str| moved_by_weeks(csv, 153);
    let files = [people(PEOPLE), clients(&moved(CLIENTS)), bands(&moved(BANDS)), requisitions(&moved(REQUISITIONS))];
    assert_eq!(plan(&files, &nothing()).report.problems, []);
}

#[test]
fn the_first_start_of_the_demo_lies_seven_weeks_ahead_on_the_same_weekday() {
    let first = day("2027-01-04");
    for today in ["2026-11-16", "2026-11-17", "2026-11-20", "2026-11-22", "2026-11-23", "2029-02-28", "2020-01-01"] {
        let weeks = weeks_until_ahead(&requisitions(REQUISITIONS), day(today));
        let start = first + chrono::Duration::weeks(weeks);
        assert!((49..56).contains(&(start - day(today)).num_days()), "{today}: {start}");
    }
}
