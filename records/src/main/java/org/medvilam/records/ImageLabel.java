package org.medvilam.records;

/**
 * A label of a medium as a whole.
 *
 * @param label standard name, lower case
 * @param nativeLabel the owner's name
 */
public record ImageLabel(String label, String nativeLabel) {
  /** What a picture without any finding is called. */
  public static final String NO_FINDING = "no finding";
}
