/** Label Studio exports: a JSON list of tasks, a picture each. */
package org.medvilam.converters.labelstudio;
