/**
 * Files of voxels to volumes in patient space: NIfTI, MetaImage and NRRD, and slices of them.
 *
 * <p>World coordinates are millimetres along left, posterior and superior (LPS), as in DICOM and
 * ITK. A volume is refused before it is read when its header declares more than {@link
 * org.medvilam.imaging.volume.Volumes#MAX_BYTES}.
 */
package org.medvilam.imaging.volume;
