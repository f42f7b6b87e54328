/**
 * Bytes to pixels, through {@code javax.imageio} readers, and upright.
 *
 * <p>A picture is refused before it is decoded when its header declares more than {@link
 * org.medvilam.records.geometry.Mask#MAX_PIXELS} pixels.
 */
package org.medvilam.imaging;
