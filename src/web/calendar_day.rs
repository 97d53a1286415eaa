//! A day in the calendars of the site and of the admin.

/// The classes of a day of `assets/css`.
pub fn class(is_inside: bool, is_busy: bool, is_today: bool) -> &'static str {
    match (is_inside, is_busy, is_today) {
        (false, _, _) => "day-outside",
        (true, false, false) => "",
        (true, false, true) => "day-today",
        (true, true, false) => "day-busy",
        (true, true, true) => "day-busy day-today",
    }
}
