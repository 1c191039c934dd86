/**
 * A look inside: how blame flows back through time, what gates and states do, what the network is
 * made of.
 *
 * <p>Comes from: models, tasks. Goes to: pictures and tables.
 */
package dev.elman.inspection;
