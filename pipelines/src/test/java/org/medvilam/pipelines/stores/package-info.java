/** Remote storage, over the protocols of real servers on loopback. */
package org.medvilam.pipelines.stores;
