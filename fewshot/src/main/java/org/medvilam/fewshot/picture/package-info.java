/** Whether two files show the same picture: same bytes, same samples, or the same to the eye. */
package org.medvilam.fewshot.picture;
