//! Scrolling within the page's own panels: what is around them stays where it is.

use web_sys::Element;

/// So much of what is before stays in view, in pixels.
const BEFORE: f64 = 8.0;

/// Scrolls a panel until something in it begins at its upper edge, unless it is in view up to the end of something else.
pub fn show_from(panel: &Element, first: &Element, last: &Element) {
    let (first, room) = (first.get_bounding_client_rect(), panel.get_bounding_client_rect());
    let is_seen = first.top() >= room.top() && last.get_bounding_client_rect().bottom() <= room.bottom();
    if !is_seen {
        panel.set_scroll_top(panel.scroll_top() + (first.top() - room.top() - BEFORE) as i32);
    }
}

/// Scrolls a panel until something in it is in view, as little as needed.
pub fn show_within(panel: &Element, item: &Element) {
    let (item, room) = (item.get_bounding_client_rect(), panel.get_bounding_client_rect());
    let top = room.top() + f64::from(panel.client_top());
    let bottom = top + f64::from(panel.client_height());
    let too_far = if item.top() < top { (item.top() - top).floor() } else { (item.bottom() - bottom).ceil().max(0.0) };
    panel.set_scroll_top(panel.scroll_top() + too_far as i32);
}
