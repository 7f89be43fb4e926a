//! Scrolling within the page's own panels: what is around them stays where it is.

use web_sys::Element;

/// Scrolls a panel until something in it is in view, as little as needed.
pub fn show_within(panel: &Element, item: &Element) {
    let (item, room) = (item.get_bounding_client_rect(), panel.get_bounding_client_rect());
    let top = room.top() + f64::from(panel.client_top());
    let bottom = top + f64::from(panel.client_height());
    let too_far = if item.top() < top { (item.top() - top).floor() } else { (item.bottom() - bottom).ceil().max(0.0) };
    panel.set_scroll_top(panel.scroll_top() + too_far as i32);
}
