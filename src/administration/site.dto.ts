import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { CodePoints, NotBlank } from '../platform/http/text-rules.js';
import { normaliseOrigin } from '../sites/origins.js';
import {
  LARGEST_BLIND_SHARE,
  LARGEST_FACTOR,
  MODERATION_POLICIES,
  MOST_EDIT_MINUTES,
  WEIGHABLE_SIGNALS,
  type ModerationPolicy,
} from '../sites/site-settings.js';

const MOST_ORIGINS = 100;
const MOST_WORDS = 1_000;
const MOST_NAMES = 100;

/** Left out is fine; null is not. */
const WhenGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

function WebOrigin(): PropertyDecorator {
  return ValidateBy(
    {
      name: 'origin',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && normaliseOrigin(value) !== null,
        defaultMessage: () =>
          'Write an origin as https://blog.example, without a path; https://*.blog.example stands for one label.',
      },
    },
    { each: true },
  );
}

export class ThresholdsDto {
  @WhenGiven()
  @IsNumber()
  @Min(0)
  @Max(1)
  hold?: number;

  @WhenGiven()
  @IsNumber()
  @Min(0)
  @Max(1)
  spam?: number;
}

/** A member for each signal there is, so that an unknown name is an unknown member. */
export class WeightsDto {
  [signal: string]: number | undefined;
}
for (const signal of WEIGHABLE_SIGNALS) {
  for (const rule of [WhenGiven(), IsNumber(), Min(0), Max(LARGEST_FACTOR)]) rule(WeightsDto.prototype, signal);
}

export class SiteSettingsDto {
  @WhenGiven()
  @IsIn(MODERATION_POLICIES)
  moderation?: ModerationPolicy;

  @WhenGiven()
  @IsBoolean()
  publishOnApproval?: boolean;

  /** Null: never. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(36_500)
  closeAfterDays?: number | null;

  @WhenGiven()
  @IsInt()
  @Min(0)
  @Max(20)
  maxDepth?: number;

  @WhenGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => ThresholdsDto)
  thresholds?: ThresholdsDto;

  @WhenGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => WeightsDto)
  weights?: WeightsDto;

  @WhenGiven()
  @IsNumber()
  @Min(0)
  @Max(LARGEST_BLIND_SHARE)
  blindShare?: number;

  @WhenGiven()
  @IsInt()
  @Min(0)
  @Max(MOST_EDIT_MINUTES)
  editMinutes?: number;

  @WhenGiven()
  @IsBoolean()
  floodProof?: boolean;

  @WhenGiven()
  @IsArray()
  @ArrayMaxSize(MOST_WORDS)
  @CodePoints(1, 100, { each: true })
  blockedWords?: string[];

  @WhenGiven()
  @IsArray()
  @ArrayMaxSize(MOST_NAMES)
  @CodePoints(1, 100, { each: true })
  @NotBlank({ each: true })
  reservedNames?: string[];
}

export class ChangeSiteDto {
  @WhenGiven()
  @CodePoints(1, 200)
  @NotBlank()
  name?: string;

  @WhenGiven()
  @IsArray()
  @ArrayMaxSize(MOST_ORIGINS)
  @ArrayUnique()
  @WebOrigin()
  origins?: string[];

  @WhenGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => SiteSettingsDto)
  settings?: SiteSettingsDto;
}

export class MakeSiteDto extends ChangeSiteDto {
  @Matches(/^[a-z0-9][a-z0-9-]{0,62}$/, {
    message: 'A key has 1 to 63 small letters, digits and hyphens, and begins with a letter or digit.',
  })
  key!: string;
}
