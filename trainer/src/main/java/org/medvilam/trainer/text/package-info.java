/** Text to tokens and back: a fixed vocabulary in which a box costs five tokens. */
package org.medvilam.trainer.text;
