package org.medvilam.converters.labelled;

import java.util.List;
import java.util.function.Consumer;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.Region;

/** Turns the numbers of one format into regions of the pixel-edge frame. */
public interface Regions {
  /**
   * Returns where a shape is: a box, an outline, or both of the same thing.
   *
   * @param shape a shape of the format
   * @param width columns of the upright picture
   * @param height rows of it
   * @param parts takes what is wrong with a part of the shape, where the others stand
   * @return at least one region
   * @throws GeometryException if the shape has no region, with the reason
   */
  List<Region> of(Shape shape, int width, int height, Consumer<GeometryException> parts);
}
