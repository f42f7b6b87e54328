package org.medvilam.trainer.grammar;

import org.medvilam.records.geometry.Grid;

/** A place in a list of items: in a mark, in a number, or between two items. */
final class ItemsCursor implements Cursor {
  /** The number of the mark that separates items. */
  private static final int SEPARATOR = -1;

  private static final int MOST_DIGITS = 4;

  private final Items items;
  private final int[] corner;
  private int mark;
  private int written;
  private int digits;
  private int number;

  ItemsCursor(Items items) {
    this.items = items;
    corner = new int[items.corners() ? items.numbers() : 0];
  }

  private ItemsCursor(ItemsCursor other) {
    items = other.items;
    corner = other.corner.clone();
    mark = other.mark;
    written = other.written;
    digits = other.digits;
    number = other.number;
  }

  @Override
  public Cursor copy() {
    return new ItemsCursor(this);
  }

  private String text() {
    return mark == SEPARATOR ? items.separator() : items.marks().get(mark);
  }

  @Override
  public boolean take(char next, boolean more) {
    if (written < text().length()) {
      return inMark(next);
    }
    if (mark == items.numbers()) {
      mark = SEPARATOR;
      written = 0;
      return more && inMark(next);
    }
    if (next >= '0' && next <= '9') {
      return inNumber(next - '0');
    }
    if (digits == 0 || number < least()) {
      return false;
    }
    if (items.corners()) {
      corner[mark] = number;
    }
    mark++;
    written = 0;
    digits = 0;
    number = 0;
    return inMark(next);
  }

  private boolean inMark(char next) {
    if (text().charAt(written) != next) {
      return false;
    }
    written++;
    if (mark == SEPARATOR && written == items.separator().length()) {
      mark = 0;
      written = 0;
    }
    return true;
  }

  private boolean inNumber(int digit) {
    if (digits > 0 && number == 0) {
      return false;
    }
    number = 10 * number + digit;
    digits++;
    return reaches(number, digits, least());
  }

  private int least() {
    return items.corners() && mark >= 2 ? corner[mark - 2] : 0;
  }

  /** Tells whether digits that begin so can be a number from {@code least} to the largest. */
  private static boolean reaches(int begun, int digits, int least) {
    int low = begun;
    int high = begun;
    for (int n = digits; n <= MOST_DIGITS; n++) {
      if (low <= Grid.MAX && high >= least) {
        return true;
      }
      if (begun == 0) {
        return false;
      }
      low *= 10;
      high = 10 * high + 9;
    }
    return false;
  }

  @Override
  public boolean whole() {
    return mark == items.numbers() && written == text().length();
  }
}
