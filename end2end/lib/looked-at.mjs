// The triage of what axe leaves open (`incomplete`): each line names what a person looked at and why it is
// all right. What is not named here fails the test.

/** What axe cannot decide and a person has looked at, and why it is all right. */
export const LOOKED_AT = [
  // What the table's own scrolling cuts off; the same cells are measured on a wider screen.
  /color-contrast.* (overlapped|obscured) by another element/,
  // An empty field has no text; its placeholder is muted ink on the surface.
  /color-contrast.* #employer-search .*has no value/,
  // The arrow of a select is drawn by gradients at its end; its text stands on the plain surface.
  /color-contrast.* #(municipality|owner|section|silent|sort|coach|chain|to|person|role|substitute|unit|place|service|level|employer|reason|team|start|counts_as|what|job|kind|permanent|pay_basis|open_to_all|set_aside|subsidy|disclosed|client|field|a_who|second|reviewer|[a-z_]+owner|outcome-\d+|r\d+-a_(who|kind)) .*background gradient/,
  /color-contrast.* select\[name="(column|rule|row).*background gradient/,
  // The words of a picture are ink on the card's surface; its lines and shapes do not reach them.
  /color-contrast.* text\[/,
  // The way back is 48 px high for a thumb and reaches into the empty space around its word.
  /color-contrast.* ((\.page-kicker|p) > a(\[href\$="[a-z]+"\]|\[href="\/fidelity\/\d+"\])?|a\[href\$="(break-glass|inbox|retention)"\]) .*partially overlaps/,
];
