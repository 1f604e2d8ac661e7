#!/bin/sh
# Creates the namespace and the search attributes of Followthrough, or mends them. Safe to run again.
# Runs where the `temporal` command is; TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE say where.
set -eu

# Closed plans, claims and questions stay readable, and their ids taken, for this long: well beyond any plan's life.
retention=${NAMESPACE_RETENTION:-3650d}

tries=0
until temporal operator cluster health >/dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -ge 60 ]; then
    echo "Temporal at $TEMPORAL_ADDRESS did not answer for two minutes" >&2
    exit 1
  fi
  sleep 2
done

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
fi

# A new namespace takes some seconds to be known everywhere.
tries=0
until temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
  --name FollowthroughKind --type Keyword --name FollowthroughPlan --type Keyword; do
  tries=$((tries + 1))
  if [ "$tries" -ge 30 ]; then
    echo "The search attributes could not be added to $TEMPORAL_NAMESPACE" >&2
    exit 1
  fi
  sleep 2
done
