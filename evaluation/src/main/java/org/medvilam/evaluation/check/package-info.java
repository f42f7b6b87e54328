/** Named checks of a finished run: what is wrong with it, how often, and where for example. */
package org.medvilam.evaluation.check;
