package org.medvilam.imaging.volume;

/**
 * What the header of a volume declares.
 *
 * @param format {@code nifti}, {@code metaimage} or {@code nrrd}
 * @param grid number and place of the voxels of one frame; a picture is a volume of one slice
 * @param type how each voxel is stored
 * @param frames how many volumes the file holds, one after the other: points in time, or sequences
 *     of a scan; usually 1
 */
public record VolumeInfo(String format, VolumeGrid grid, VoxelType type, long frames) {}
