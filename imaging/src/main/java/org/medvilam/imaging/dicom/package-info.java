/**
 * DICOM files: their header, frames and display pictures, as a {@code javax.imageio} reader named
 * {@code DICOM}.
 *
 * <p>Only attributes that describe pixels, geometry and identity of the instance can be asked for;
 * no message quotes a value of the header but UIDs and numbers. PS3.x are the parts of the DICOM
 * standard.
 */
package org.medvilam.imaging.dicom;
