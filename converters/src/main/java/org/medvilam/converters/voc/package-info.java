/** PASCAL VOC annotation files: one XML file of boxes per picture. */
package org.medvilam.converters.voc;
