package org.medvilam.trainer.grammar;

import java.util.List;
import org.medvilam.records.geometry.Grid;

/**
 * A list of items, each made of numbers between marks.
 *
 * @param marks what stands before, between and after an item's numbers, none of it empty and none
 *     starting with a digit
 * @param separator what stands between items
 * @param corners whether numbers are the corners of a box, so that the third is no less than the
 *     first and the fourth no less than the second
 */
record Items(List<String> marks, String separator, boolean corners) {
  Items {
    marks = List.copyOf(marks);
  }

  /** Returns how many numbers an item has. */
  int numbers() {
    return marks.size() - 1;
  }

  /** Returns the most characters of an item and what is before it. */
  int longest() {
    int digits = Integer.toString(Grid.MAX).length();
    int inMarks = marks.stream().mapToInt(String::length).sum();
    return separator.length() + inMarks + digits * numbers();
  }
}
