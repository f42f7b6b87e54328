/** Models, their training data and the pictures of runs, as commands name them. */
package org.medvilam.pipelines.model;
