/** The datasets, one final class each. */
package org.medvilam.converters.dataset;
