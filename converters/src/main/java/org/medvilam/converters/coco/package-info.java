/**
 * COCO label files: one image at a time, however large the file.
 *
 * <p>A file is streamed once; its annotations are gathered by image on disk.
 */
package org.medvilam.converters.coco;
