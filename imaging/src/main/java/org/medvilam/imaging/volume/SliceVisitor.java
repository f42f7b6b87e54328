package org.medvilam.imaging.volume;

import java.io.IOException;

/** Takes the slices of a volume one by one. */
@FunctionalInterface
public interface SliceVisitor {
  /** Takes a slice. */
  void visit(Slice slice) throws IOException;
}
