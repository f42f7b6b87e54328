/** Label files of the VGG Image Annotator: JSON or CSV of regions. */
package org.medvilam.converters.via;
