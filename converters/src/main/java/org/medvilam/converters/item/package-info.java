/** Units of work: listing them, gathering and ordering them on disk. */
package org.medvilam.converters.item;
