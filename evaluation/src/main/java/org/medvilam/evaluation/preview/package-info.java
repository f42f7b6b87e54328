/** A run to look at: one page of pictures with their regions, questions and answers. */
package org.medvilam.evaluation.preview;
