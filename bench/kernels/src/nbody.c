// Five bodies under gravity: doubles in structures, square roots and divisions.
#include <math.h>

#include "kernel.h"

typedef struct {
  double position[3], velocity[3], mass;
} Body;

static const Body start[5] = {
    {{0, 0, 0}, {0, 0, 0}, 39.47841760435743},
    {{4.84143144246472090, -1.16032004402742839, -0.10362204447112311},
     {0.60632639299583202, 2.81198684491626016, -0.02521836165988763},
     0.03769367487038949},
    {{8.34336671824457987, 4.12479856412430479, -0.40352341711432138},
     {-1.01077434617879236, 1.82566237123041186, 0.00841576137658415},
     0.01128632613196877},
    {{12.8943695621391310, -15.1111514016986312, -0.22330757889265573},
     {1.08279100644153536, 0.86871301816960822, -0.01083263740136364},
     0.00172372405705971},
    {{15.3796971148509165, -25.9193146099879641, 0.17925877295037118},
     {0.97909073224389798, 0.59469899864767617, -0.03475595555078104},
     0.00203368686992463}};

static void advance(Body *bodies, double step) {
  for (int i = 0; i < 5; i++) {
    for (int j = i + 1; j < 5; j++) {
      double delta[3], square = 0;
      for (int k = 0; k < 3; k++) {
        delta[k] = bodies[i].position[k] - bodies[j].position[k];
        square += delta[k] * delta[k];
      }
      double magnitude = step / (square * sqrt(square));
      for (int k = 0; k < 3; k++) {
        bodies[i].velocity[k] -= delta[k] * bodies[j].mass * magnitude;
        bodies[j].velocity[k] += delta[k] * bodies[i].mass * magnitude;
      }
    }
  }
  for (int i = 0; i < 5; i++) {
    for (int k = 0; k < 3; k++) {
      bodies[i].position[k] += step * bodies[i].velocity[k];
    }
  }
}

KERNEL(nbody) {
  Body bodies[5];
  memcpy(bodies, start, sizeof bodies);
  for (uint32_t i = 0; i < size; i++) {
    advance(bodies, 0.001);
  }
  double sum = 0;
  for (int i = 0; i < 5; i++) {
    sum += bodies[i].position[0] + bodies[i].position[1] + bodies[i].position[2];
  }
  return kernel_bits(sum);
}
