package org.medvilam.trainer.scene;

/** The families of looks an object can have. A label leans towards one of them, loosely. */
enum Look {
  BRIGHT,
  DARK,
  RING,
  MOTTLED,
  SOFT,
  LONG
}
