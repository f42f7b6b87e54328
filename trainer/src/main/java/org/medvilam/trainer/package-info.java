/**
 * Fine-tuning of the projection between a frozen vision encoder and a frozen language decoder, the
 * answers of the tuned model, and the pre-training of the small base that ships with the project.
 */
package org.medvilam.trainer;
