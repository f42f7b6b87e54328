/** CVAT for images and CVAT for video: one XML file of shapes for many pictures. */
package org.medvilam.converters.cvat;
