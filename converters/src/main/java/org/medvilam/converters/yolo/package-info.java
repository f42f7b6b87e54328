/** YOLO label files: one text file per picture, a line of fractions per thing. */
package org.medvilam.converters.yolo;
