/** LabelMe label files: one JSON file of shapes per picture. */
package org.medvilam.converters.labelme;
