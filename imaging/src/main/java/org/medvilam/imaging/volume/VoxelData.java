package org.medvilam.imaging.volume;

import java.util.List;

/**
 * Where voxels are kept.
 *
 * <p>What stands before them is stepped over in the order of the components, as NRRD asks.
 *
 * @param files paths of the files that hold them, each the same number, one after the other
 * @param encoding how they are encoded
 * @param fileSkip bytes before the encoded data
 * @param lineSkip lines before the encoded data, after those bytes
 * @param byteSkip decoded bytes before the voxels; -1 - n says that the voxels are followed by n
 *     decoded bytes and the end of the file
 */
record VoxelData(
    List<String> files, Encoding encoding, long fileSkip, long lineSkip, long byteSkip) {}
