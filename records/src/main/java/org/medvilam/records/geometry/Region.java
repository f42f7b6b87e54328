package org.medvilam.records.geometry;

/** Where a finding is, in native coordinates. */
public sealed interface Region permits Box, Box3d, MaskRegion, Point, Polygon {}
