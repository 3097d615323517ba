/**
 * Where the files of user tasks lie: a directory, or a bucket of an S3-compatible store if one is configured. It knows
 * keys, bytes and links that work for a while without any other credentials; it knows no task and no person, and never
 * holds a whole file in memory. What leaves it is the store that tasks write to, and
 * {@link org.openedx.aggregator.artifact.ArtifactFiles} for whoever serves those of the directory.
 */
package org.openedx.aggregator.artifact;
