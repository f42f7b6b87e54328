/** Tables of run lengths, as competitions of Kaggle have them. */
package org.medvilam.converters.kaggle;
