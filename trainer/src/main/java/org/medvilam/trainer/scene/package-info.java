/**
 * Drawn scenes for pre-training: objects of random look on random textures, with instructions whose
 * answers are known. The wider the looks, the better a frozen encoder carries over to real
 * pictures.
 */
package org.medvilam.trainer.scene;
