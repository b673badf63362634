import { IsIn } from 'class-validator';

export const STANDINGS_ASKED = ['trusted', 'banned', 'none'] as const;

export class StandingDto {
  @IsIn(STANDINGS_ASKED)
  standing!: (typeof STANDINGS_ASKED)[number];
}
