/**
 * Weights on disk: safetensors files beside a JSON card, written whole or not at all, read by
 * mapping and checked before use.
 */
package org.medvilam.trainer.checkpoint;
