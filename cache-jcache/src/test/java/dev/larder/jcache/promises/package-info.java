/** What the documents promise of concurrency, each promise as a user would meet it. */
package dev.larder.jcache.promises;
